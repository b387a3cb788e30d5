// The guide that departments find in their folders.

import Alerts
import Foundation
import TestKit
import Testing

@Suite struct SpoolGuideTests {
    private static func guide(_ formats: [NoticeFormat]) throws -> String {
        let bytes = SpoolGuide(words: try Words.shipped()).bytes(
            folder: "water-affairs",
            names: ["zh-CN": "区水务局", "en": "Water Affairs"],
            district: ["zh-CN": "长宁区", "en": "Changning District"],
            formats: formats
        )
        let present = try #require(bytes)
        return try #require(String(validating: present, as: UTF8.self))
    }

    @Test func `it opens well in old editors, is Chinese first and names the department`() throws {
        let text = try Self.guide([.text, .json])
        #expect(text.unicodeScalars.first == "\u{FEFF}")
        #expect(!text.replacing("\r\n", with: "").contains { $0.isNewline })
        #expect(text.unfilledHoles == [])
        let chinese = try #require(text.range(of: "单位：区水务局（文件夹 water-affairs）"))
        let english = try #require(text.range(of: "Department: Water Affairs (folder water-affairs)"))
        #expect(chinese.lowerBound < english.lowerBound)
        for word in ["new", "cur", "done", "receipts", "heartbeat.json", "CN-RIV-2024-000003.回执.csv"] {
            #expect(text.contains(word))
        }
    }

    @Test func `it tells of the formats that the department gets, and of no others`() throws {
        #expect(try Self.guide([.text]).contains("notice.schema.json") == false)
        #expect(try Self.guide([.json]).contains("notice.schema.json"))
        #expect(try Self.guide([.json]).contains("记事本") == false)
    }

    @Test func `the receipt that it shows is the one that notices show`() throws {
        let notice = try Notices.text(try Notices.notice(of: Notices.Story()))
        let header = "编号,状态,日期,批准人,理由,佐证,签收人"
        #expect(try Self.guide([.text]).contains(header) && notice.contains(header))
    }
}
