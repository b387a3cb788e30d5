// Periods come back from their labels, and nothing else does.

import Almanac
import Testing

@Suite struct PeriodLabelTests {
    @Test(arguments: [
        Period.day(CivilDate(iso8601: "2024-02-29") ?? CivilDate(daysSinceEpoch: 0)),
        .month(CivilMonth(year: 2024, month: 12)), .quarter(year: 2023, 1), .quarter(year: 2023, 4),
        .halfYear(year: 2025, 2), .year(1999), .week(of: CivilDate(daysSinceEpoch: 19_723)),
        // The week that ends on 3 January 2021 is the 53rd of 2020.
        .week(of: CivilDate(daysSinceEpoch: 18_629)),
    ])
    func aLabelNamesItsPeriod(_ period: Period) { #expect(Period(label: period.label) == period) }

    @Test(arguments: [
        "", "24", "2024-", "2024-Q0", "2024-Q5", "2024-H3", "2024-13", "2023-02-29", "2024-Q1 ", "2024-W00", "2024-W5",
        "2024-W53", "2024-W054", "0000",
    ])
    func anythingElseNamesNone(_ text: String) { #expect(Period(label: text) == nil) }
}
