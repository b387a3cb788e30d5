// Finds out whether a table is laid out otherwise than its feed's, so that whoever handed it in can be told just that.

extension TableOpening {
    /// What a table with its header in a row seems to be, given the most known headers in a row and in a column.
    func shape(best: Int, bestColumn: Int, schema: TableSchema, form: TableForm) -> TableForm.Shape? {
        let isLong = form.shape == .long
        if isLong, names.compactMap(\.self).count(where: form.isOwnHeader) >= form.ownHeaders { return nil }
        // Items stand in a column, too.
        if isRecognised, namesItems { return isLong ? nil : .long }
        if bestColumn > max(best, 1) { return .transposed }
        return isLong && names.contains { Self.isOfNumbers($0, schema) } ? .wide : nil
    }

    /// Whether no header, but most cells of a column below an unknown one, mean a column of numbers.
    static func namesItems(_ names: Names, _ below: ArraySlice<Names>, _ schema: TableSchema) -> Bool {
        guard !names.contains(where: { isOfNumbers($0, schema) }) else { return false }
        return names.enumerated().contains { column, name in
            guard let name, schema.match(HeaderName(name)) == nil else { return false }
            let written = below.compactMap { column < $0.count ? $0[column] : nil }.filter { !$0.isEmpty }
            return !written.isEmpty && written.count { isOfNumbers($0, schema) } * 2 > written.count
        }
    }

    /// Whether a header means a column of numbers.
    private static func isOfNumbers(_ name: String?, _ schema: TableSchema) -> Bool {
        guard let name, name.utf8.count <= 200 else { return false }
        return schema.match(HeaderName(name)).map { schema.columns[$0.index].type.isNumber } ?? false
    }
}
