// Whether every slot that was due is accounted for: lost ones, and those that came and could not be judged yet.

import Almanac
package import Records

/// Judges what an audit of the slots found, one job after the other.
package struct SlotAccounts: Check {
    /// How things stand with the slots of a job.
    package struct Standing: Sendable, Hashable {
        package let job: String
        package let titleZh: String
        package let titleEn: String
        /// Slots of which nothing was on record, as notices give their times.
        package let lost: [String]
        /// Slots that came and could not be judged yet; they are tried again.
        package let held: [String]
        /// What keeps them from being judged.
        package let problem: String?

        package init(
            job: String,
            titleZh: String,
            titleEn: String,
            lost: [String],
            held: [String],
            problem: String?
        ) {
            self.job = job
            self.titleZh = titleZh
            self.titleEn = titleEn
            self.lost = lost
            self.held = held
            self.problem = problem
        }
    }

    package struct Parameters: Sendable, Hashable {
        /// The jobs of which there is something to tell, or was; in the order of their names.
        package let standings: [Standing]

        package init(standings: [Standing]) { self.standings = standings }
    }

    /// So many slots are named one by one.
    private static let listed = 20

    private let parameters: Parameters
    private let asOf: CivilDate
    package let complaints = RowComplaints()

    init(_ parameters: Parameters, asOf: CivilDate) {
        self.parameters = parameters
        self.asOf = asOf
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {}

    package mutating func finish() -> [Assessment] { parameters.standings.map(assessment) }

    private func assessment(of standing: Standing) -> Assessment {
        func texts(_ slots: [String]) -> Facts.Value? {
            slots.isEmpty ? nil : .texts(Array(slots.suffix(Self.listed)))
        }
        func more(_ slots: [String]) -> Facts.Value? {
            slots.count > Self.listed ? .integer(slots.count - Self.listed) : nil
        }
        return Assessment(
            subject: standing.job,
            name: standing.titleZh,
            period: .day(asOf),
            indicator: "slots",
            state: standing.lost.isEmpty ? (standing.held.isEmpty ? .ok : .warning) : .critical,
            facts: Facts([
                "titleZh": .text(standing.titleZh), "titleEn": .text(standing.titleEn),
                "lost": texts(standing.lost), "moreLost": more(standing.lost),
                "lastLost": standing.lost.last.map(Facts.Value.text),
                "held": texts(standing.held), "moreHeld": more(standing.held),
                "problem": standing.held.isEmpty ? nil : standing.problem.map(Facts.Value.text),
            ])
        )
    }
}
