// A small district's settings, written in a test.

import Alerts
package import Almanac
package import Diagnostics
import Foundation
package import Jobs
import Records

/// The files of a configuration by path, to be changed and read.
package struct SettingsFiles {
    /// Texts below the settings folder, by path such as `feeds/water.yaml`.
    package var settings: [String: String]
    /// Texts of job files, by name such as `river.yaml`.
    package var jobs: [String: String]

    /// Reads the files as the daemon does, and as it does again later.
    /// - Throws: What the configuration throws when nothing can run.
    package func read(
        earlier: Configuration? = nil,
        zone: @escaping (String) throws(Diagnostic) -> Zone = { name throws(Diagnostic) in try Self.zone(named: name) }
    ) throws(Diagnostic) -> Configuration {
        func files(_ texts: [String: String]) -> [SettingsFile] {
            texts.sorted { $0.key < $1.key }.map {
                SettingsFile(path: $0.key, displayName: $0.key, bytes: Array($0.value.utf8))
            }
        }
        return try Configuration(settings: files(settings), jobs: files(jobs), earlier: earlier, zone: zone)
    }

    /// A zone of this machine.
    package static func zone(named name: String) throws(Diagnostic) -> Zone {
        guard name != "UTC" else { return .utc }
        guard let file = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else {
            throw Diagnostic("no such time zone", found: name)
        }
        return try Zone(name: name, tzif: Array(file))
    }

    /// A sentence for each field of a notice; what it says about the situation is all that tests look at.
    private static let sentences = """
        class:
          slip: {any: slip}
          topic: {any: topic}
          subject: {any: "{name}"}
          basis: {any: "{standard}"}
          situation: {any: "{name} {class}"}
          action: {any: action}
          due: {any: due}
          clears: {any: clears}
        """

    /// What is said of every kind of check.
    private static let general = """
        owner: {any: owner}
        answer: {any: answer}
        """

    /// Plain words for return slips.
    private static func slipWords() -> String {
        func lines(_ names: [String]) -> String { names.map { "  \($0): \"\($0)\"\n" }.joined() }
        let outcomes = lines(Slip.Outcome.allCases.map(\.rawValue))
        return "summary:\n\(outcomes)action:\n\(outcomes)"
            + "reasons:\n" + lines(Reject.Reason.allCases.map(\.rawValue))
            + "accepted:\n" + lines(ColumnType.allCases.map(\.rawValue))
    }

    /// Two departments, one feed and its register, a standard of two items, and one monthly job.
    package static let district = SettingsFiles(
        settings: [
            "dutyd.yaml": """
            district: {code: CN, zh: 某区, en: A District}
            zone: UTC
            control: {look: dutyd, act: dutyd-operators}
            """,
            "departments.yaml": """
            water: {zh: 水务, en: Water, group: water}
            office: {zh: 区办, en: Office, group: office, formats: [json]}
            """,
            "feeds/sections.yaml": """
            feed: sections
            title: {zh: 断面, en: Sections}
            source: register
            columns:
              code: {type: text, use: required, zh: 编码, en: Code}
              river: {type: text, zh: 河流, en: River}
              section: {type: text, zh: 断面, en: Section}
              target: {type: text, zh: 目标, en: Target}
            """,
            "feeds/water.yaml": """
            feed: water
            title: {zh: 水质, en: Water quality}
            source: inbox
            supplied-by: water
            columns:
              river: {type: text, zh: 河流, en: River, use: required}
              section: {type: text, zh: 断面, en: Section}
              month: {type: month, zh: 月份, en: Month}
              DO: {type: decimal, zh: 溶解氧, en: Dissolved oxygen, unit: mg/L}
              NH3-N: {type: decimal, zh: 氨氮, en: Ammonia nitrogen, unit: mg/L}
            """,
            "standards/GB3838-2002.yaml": """
            standard: GB3838-2002
            title: {zh: 地表水环境质量标准, en: Surface water}
            source: GB 3838-2002
            valid-from: 2002-06-01
            method:
              document: 环办〔2011〕22号
              clauses: 年度评价
              valid-from: 2011-03-09
              least-months-of-year: 8
              shares-from-sections: 5
              good-shares: [75%, 90%]
              worst-shares: [20%, 40%]
              main-pollutants: 3
            plausibility:
              source: 本区自定
              times-class-v: 100
              frozen-periods: 3
              frozen-digits: 3
              oxygen-saturation: 1.5
              codmn-of-cod: 1.1
            items:
              DO: {unit: mg/L, direction: min, limits: [7.5, 6, 5, 3, 2], decimals: 1, decides: yes}
              NH3-N: {unit: mg/L, direction: max, limits: [0.15, 0.5, 1.0, 1.5, 2.0], decimals: 2, decides: yes}
            """,
            "words/zh-CN/notice.txt": "编号：{serial}\n情况：{situation}\n",
            "words/zh-CN/general.yaml": general,
            "words/zh-CN/digest.txt": "汇总：{count}\n",
            "words/zh-CN/guide.txt": "单位：{department}\n",
            "words/zh-CN/section-compliance.yaml": sentences,
            "words/zh-CN/slip.txt": "回执：{summary}\n{#corrections}{sentence}\n{/corrections}",
            "words/zh-CN/slip.yaml": slipWords(),
            "words/en/notice.txt": "Serial: {serial}\nSituation: {situation}\n",
            "words/en/general.yaml": general,
            "words/en/digest.txt": "Digest: {count}\n",
            "words/en/guide.txt": "Department: {department}\n",
            "words/en/section-compliance.yaml": sentences,
            "words/en/slip.txt": "Slip: {summary}\n{#corrections}{sentence}\n{/corrections}",
            "words/en/slip.yaml": slipWords(),
        ],
        jobs: [
            "river.yaml": """
            job: river
            title: {zh: 断面核查, en: Sections}
            serial: RIV
            commitments: [C060]
            schedule:
              on: "*-*-05 09:00"
              catch-up: {latest: 30 days}
            period: previous-month
            feeds: {sections: sections, measurements: water}
            check: {section-compliance: {standard: GB3838-2002, mode: assessment, alerts: []}}
            notify: {to: [water], cc: [office]}
            """
        ]
    )
}
