// Writes a message of the Common Alerting Protocol as XML, each element in its place.

import Almanac
import Records

extension CAPMessage {
    private static let namespace = " xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\""

    /// The whole document, its elements in the order of the standard's schema whatever the members are.
    package var xml: String {
        var document = XMLText()
        document.write("alert", attributes: Self.namespace) { alert in
            alert.write("identifier", identifier)
            alert.write("sender", sender)
            alert.write("sent", sent.text)
            alert.write("status", status.rawValue)
            alert.write("msgType", type.rawValue)
            alert.write("source", source)
            alert.write("scope", scope.rawValue)
            alert.write("restriction", restriction)
            alert.write("addresses", Self.list(addresses))
            for code in codes { alert.write("code", code) }
            alert.write("note", note)
            alert.write("references", references.isEmpty ? nil : references.map(\.text).joined(separator: " "))
            alert.write("incidents", Self.list(incidents))
            for info in infos { alert.write("info") { info.write(to: &$0) } }
        }
        return document.text
    }

    /// Names with a blank between them; a name that has one itself stands in quotes.
    private static func list(_ names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        return names.map { $0.contains(where: \.isWhitespace) ? "\"\($0)\"" : $0 }.joined(separator: " ")
    }
}

extension CAPMessage.Reference {
    /// `sender,identifier,sent`.
    package var text: String { "\(sender),\(identifier),\(sent.text)" }
}

extension CAPMessage.Info {
    fileprivate func write(to info: inout XMLText) {
        info.write("language", language)
        for category in categories { info.write("category", category.rawValue) }
        info.write("event", event)
        for type in responseTypes { info.write("responseType", type.rawValue) }
        info.write("urgency", urgency.rawValue)
        info.write("severity", severity.rawValue)
        info.write("certainty", certainty.rawValue)
        info.write("audience", audience)
        for code in eventCodes { code.write("eventCode", to: &info) }
        info.write("effective", effective?.text)
        info.write("onset", onset?.text)
        info.write("expires", expires?.text)
        info.write("senderName", senderName)
        info.write("headline", headline)
        info.write("description", description)
        info.write("instruction", instruction)
        info.write("web", web)
        info.write("contact", contact)
        for parameter in parameters { parameter.write("parameter", to: &info) }
        for resource in resources { info.write("resource") { resource.write(to: &$0) } }
        for area in areas { info.write("area") { area.write(to: &$0) } }
    }
}

extension CAPMessage.NamedValue {
    fileprivate func write(_ element: String, to parent: inout XMLText) {
        parent.write(element) {
            $0.write("valueName", name)
            $0.write("value", value)
        }
    }
}

extension CAPMessage.Resource {
    fileprivate func write(to resource: inout XMLText) {
        resource.write("resourceDesc", description)
        resource.write("mimeType", mediaType)
        resource.write("size", size.map(String.init))
        resource.write("uri", address)
        resource.write("derefUri", content)
        resource.write("digest", digest)
    }
}

extension CAPMessage.Area {
    fileprivate func write(to area: inout XMLText) {
        area.write("areaDesc", description)
        for polygon in polygons { area.write("polygon", polygon) }
        for circle in circles { area.write("circle", circle) }
        for geocode in geocodes { geocode.write("geocode", to: &area) }
        area.write("altitude", altitude?.description)
        area.write("ceiling", ceiling?.description)
    }
}
