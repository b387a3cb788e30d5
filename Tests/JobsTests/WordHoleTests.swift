// Holes of sentences that nothing fills: named where they stand, with the name that was probably meant.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct WordHoleTests {
    struct Slip: Sendable, CustomTestStringConvertible {
        let file: String
        let piece: String
        let replacement: String
        /// Whether the line of the hole is told.
        var isPlaced = true
        var key: String?
        let found: String
        var remedy: String?

        var testDescription: String { "\(file) \(replacement)" }
    }

    private static let slips = [
        // A sentence in quotes: the key's place.
        Slip(
            file: "zh-CN/cadence.yaml",
            piece: "{titleZh}，{due} 到期",
            replacement: "{tilteZh}，{due} 到期",
            key: "cadence.subject.any",
            found: "tilteZh",
            remedy: "did you mean \"titleZh\"?"
        ),
        // A block: the line of the hole.
        Slip(
            file: "zh-CN/stock.yaml",
            piece: "      不计入可用：已过期 {expired}",
            replacement: "      不计入可用：已过期 {expird}",
            key: "availability.situation.any",
            found: "expird",
            remedy: "did you mean \"expired\"?"
        ),
        // Within a list its entries' names are known, outside they are not.
        Slip(
            file: "zh-CN/stock.yaml",
            piece: "批号 {lot} 至 {expiry}{/expiringLots}。",
            replacement: "批号 {lot} 至 {expiry}{/expiringLots}{lot}。",
            key: "expiry.due.any",
            found: "lot"
        ),
        Slip(
            file: "zh-CN/section-compliance.yaml",
            piece: "查明{#exceeding|、}{item@items}{/exceeding}",
            replacement: "查明{#exceeding|、}{itme@items}{/exceeding}",
            key: "class.action.any",
            found: "itme",
            remedy: "did you mean \"item\"?"
        ),
        Slip(
            file: "zh-CN/section-compliance.yaml",
            piece: "查明{#exceeding|、}{item@items}{/exceeding}",
            replacement: "查明{#exceding|、}{item@items}{/exceding}",
            key: "class.action.any",
            found: "exceding",
            remedy: "did you mean \"exceeding\"?"
        ),
        Slip(
            file: "zh-CN/section-compliance.yaml",
            piece: "查明{#exceeding|、}{item@items}{/exceeding}",
            replacement: "查明{#river}{river}{/river}",
            key: "class.action.any",
            found: "river",
            remedy:
                "lists here: answerElse, bases, cc, deciding, drinkingWater, earlier, earlierItems, exceeding, flags, "
                + "gaps, items, mainPollutants, monthOnMonth, owners, references, rows, standings, tellings, to, values, "
                + "yearOnYear"
        ),
        Slip(
            file: "en/cadence.yaml",
            piece: "{titleEn}, {stage@closings}.",
            replacement: "{titleEn}, {stage@closing}.",
            key: "cadence.subject.cleared",
            found: "closing",
            remedy: "did you mean \"closings\"?"
        ),
        Slip(
            file: "en/submission.yaml",
            piece: "{?calledEn}{calledEn}{/calledEn}{!calledEn}subjects{/calledEn}",
            replacement: "{?caledEn}{calledEn}{/caledEn}",
            key: "submission.subject.warning",
            found: "caledEn",
            remedy: "did you mean \"calledEn\"?"
        ),
        // What every kind of check says may quote what would be said otherwise; a kind may not.
        Slip(
            file: "zh-CN/general.yaml",
            piece: "再次提醒：{usual}",
            replacement: "再次提醒：{usuall}",
            key: "subject.reminder",
            found: "usuall",
            remedy: "did you mean \"usual\"?"
        ),
        Slip(
            file: "en/cadence.yaml",
            piece: "{titleEn}, {stage@closings}.",
            replacement: "{usual}, {titleEn}.",
            key: "cadence.subject.cleared",
            found: "usual"
        ),
        // Layouts: line and character.
        Slip(
            file: "zh-CN/digest.txt",
            piece: "（第{revision}次）",
            replacement: "（第{revsion}次）",
            found: "revsion",
            remedy: "did you mean \"revision\"?"
        ),
        Slip(
            file: "en/guide.txt",
            piece: "{department}",
            replacement: "{departement}",
            found: "departement",
            remedy: "did you mean \"department\"?"
        ),
        Slip(
            file: "zh-CN/notice.txt",
            piece: "情况：{situation}",
            replacement: "情况：{situaton}",
            found: "situaton",
            remedy: "did you mean \"situation\"?"
        ),
        Slip(
            file: "en/slip.txt",
            piece: "What to do: {action}",
            replacement: "What to do: {acton}",
            found: "acton",
            remedy: "did you mean \"action\"?"
        ),
        Slip(
            file: "zh-CN/slip.yaml",
            piece: "  headerNotFound: \"{?seeming}",
            replacement: "  headerNotFound: \"{heder}{?seeming}",
            key: "reasons.headerNotFound",
            found: "heder",
            remedy: "did you mean \"header\"?"
        ),
        Slip(
            file: "zh-CN/slip.yaml",
            piece: "{remarkCount} 处请核对",
            replacement: "{remarksCount} 处请核对",
            key: "summary.noted",
            found: "remarksCount",
            remedy: "did you mean \"remarkCount\"?"
        ),
        Slip(
            file: "zh-CN/terms.yaml",
            piece: "{feed}报送",
            replacement: "{feeed}报送",
            key: "titles.submission",
            found: "feeed",
            remedy: "did you mean \"feed\"?"
        ),
        Slip(
            file: "en/stock.yaml",
            piece: "expiry:\n  slip:",
            replacement: "expirry:\n  slip:",
            isPlaced: false,
            found: "expirry",
            remedy: "did you mean \"expiry\"?"
        ),
    ]

    @Test(arguments: slips)
    func `a hole that nothing fills is named with its place and the nearest name`(slip: Slip) throws {
        var files = try SettingsFiles.shipped()
        let path = "words/\(slip.file)"
        let text = try #require(files.settings[path])
        let changed = text.replacing(slip.piece, with: slip.replacement, maxReplacements: 1)
        try #require(changed != text, "\(path) has no \(slip.piece)")
        files.settings[path] = changed
        let configuration = try files.read()
        let problem = try #require(configuration.problems.first)
        #expect(configuration.problems.count == 1, "\(configuration.problems)")
        #expect(problem.severity == .error)
        #expect(problem.found == slip.found)
        #expect(problem.position?.file == path)
        if slip.isPlaced {
            let place = try #require(changed.firstRange(of: slip.replacement))
            let hole = try #require(changed[place].firstRange(of: slip.found))
            #expect(problem.position?.line == changed[..<hole.lowerBound].count { $0.isNewline } + 1)
        }
        if let key = slip.key { #expect(problem.key == key) }
        if let remedy = slip.remedy { #expect(problem.remedy == remedy) }
        // The sentence is used all the same.
        #expect(configuration.brokenJobs.isEmpty)
    }

    @Test(arguments: ["general.yaml", "digest.txt", "guide.txt"])
    func `a file of words that is missing is named, and costs what it words`(name: String) throws {
        var files = SettingsFiles.district
        files.settings["words/en/\(name)"] = nil
        let configuration = try files.read()
        #expect(configuration.problems.map(\.position) == [Position(file: "words/en/\(name)")])
        #expect(configuration.problems.allSatisfy { $0.severity == .error && $0.remedy != nil })
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test func `sentences for no kind of check are named, and cost nothing`() throws {
        var files = SettingsFiles.district
        files.settings["words/en/section-complience.yaml"] = files.settings["words/en/section-compliance.yaml"]
        let configuration = try files.read()
        #expect(configuration.problems.map(\.severity) == [.warning])
        #expect(configuration.problems.first?.remedy == "did you mean \"section-compliance\"?")
    }
}
