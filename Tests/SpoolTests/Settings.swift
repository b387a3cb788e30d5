// Departments and feeds, read as the daemon reads them.

import Almanac
import Diagnostics
import Jobs

/// A configuration with two departments and their feeds.
///
/// The departments' groups are ones that every Debian has.
func settings() throws -> Configuration {
    let texts = [
        "dutyd.yaml": """
        district: {code: CN, zh: 长宁区, en: Changning}
        zone: UTC
        control: {look: dutyd, act: dutyd-operators}
        """,
        "departments.yaml": """
        ecology-environment: {zh: 生态环境局, en: Ecology and Environment, group: games}
        water-affairs: {zh: 水务局, en: Water Affairs, group: mail}
        """,
        "feeds/water-measurements.yaml": """
        feed: water-measurements
        title: {zh: 水质监测, en: Water measurements}
        source: inbox
        supplied-by: ecology-environment
        columns: {section: {type: text, zh: 断面, en: Section}}
        """,
        "feeds/drills.yaml": """
        feed: drills
        title: {zh: 演练, en: Drills}
        source: inbox
        supplied-by: somebody-else
        columns: {unit: {type: text, zh: 单位, en: Unit}}
        """,
        "feeds/river-sections.yaml": """
        feed: river-sections
        title: {zh: 断面名录, en: River sections}
        source: register
        columns: {section: {type: text, zh: 断面, en: Section}}
        """,
    ]
    let files = texts.map { SettingsFile(path: $0.key, displayName: $0.key, bytes: Array($0.value.utf8)) }
    return try Configuration(settings: files, jobs: []) { _ throws(Diagnostic) in .utc }
}
