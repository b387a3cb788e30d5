// The book of open alerts: takes verdicts, gives changes. Each change is told once.

package import Almanac
package import Checks

/// All open alerts and the counters that number them; a value, so that a failed commit simply drops the new copy.
package struct AlertBook: Sendable, Hashable {
    package private(set) var open: [AlertKey: Alert] = [:]
    /// The last number given under each prefix, such as `CN-RIV-2024`.
    package private(set) var serials: [String: Int] = [:]
    /// The last notice's sequence number.
    package private(set) var sequence: Int64 = 0

    /// The book as the ledger kept it.
    package init(open: [Alert] = [], serials: [String: Int] = [:], sequence: Int64 = 0) {
        self.open = Dictionary(open.map { ($0.key, $0) }) { $1 }
        self.serials = serials
        self.sequence = sequence
    }

    /// Who judged, and how its alerts are numbered and sent.
    package struct Origin: Sendable {
        package let job: String
        /// What serials begin with, such as `CN-RIV`.
        package let serialPrefix: String
        package let recipients: Recipients

        package init(job: String, serialPrefix: String, recipients: Recipients) {
            self.job = job
            self.serialPrefix = serialPrefix
            self.recipients = recipients
        }
    }

    /// Enters the verdicts of one run and gives what changed, in the order of the verdicts.
    ///
    /// An unknown verdict changes nothing: it neither raises nor clears, and a subject that a run does not mention keeps
    /// its alert.
    /// - Parameters:
    ///   - instant: When the verdicts are entered.
    ///   - year: The local year of that instant, which numbers new alerts.
    package mutating func apply(
        _ assessments: [Assessment],
        from origin: Origin,
        at instant: Instant,
        year: Int
    ) -> [Change] {
        assessments.compactMap { assessment in
            let key = AlertKey(job: origin.job, subject: assessment.subject, indicator: assessment.indicator)
            guard assessment.state != .unknown else { return nil }
            guard let alert = open[key] else {
                guard assessment.state.isBad else { return nil }
                return raise(key, assessment, origin: origin, at: instant, year: year)
            }
            return move(alert, to: assessment, at: instant)
        }
    }

    /// The next notice's sequence number.
    package mutating func nextSequence() -> Int64 {
        sequence += 1
        return sequence
    }

    private mutating func raise(
        _ key: AlertKey,
        _ assessment: Assessment,
        origin: Origin,
        at instant: Instant,
        year: Int
    ) -> Change {
        let prefix = "\(origin.serialPrefix)-\(year)"
        let number = serials[prefix, default: 0] + 1
        serials[prefix] = number
        let digits = String(number)
        let alert = Alert(
            key: key,
            serial: "\(prefix)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits,
            revision: 1,
            name: assessment.name,
            period: assessment.period.label,
            state: assessment.state,
            latest: assessment,
            raisedAt: instant,
            changedAt: instant,
            recipients: origin.recipients,
            told: assessment.state
        )
        open[key] = alert
        return Change(kind: .raised, alert: alert, previous: nil, assessment: assessment)
    }

    private mutating func move(_ alert: Alert, to assessment: Assessment, at instant: Instant) -> Change? {
        var moved = alert
        moved.name = assessment.name
        moved.period = assessment.period.label
        moved.latest = assessment
        guard assessment.state != alert.state else {
            open[alert.key] = moved
            return nil
        }
        let kind: Change.Kind =
            switch assessment.state {
            case .ok, .unknown: .cleared
            case .warning: .eased
            case .critical: .worsened
            }
        moved.revision += 1
        moved.state = assessment.state
        moved.told = assessment.state
        moved.changedAt = instant
        open[alert.key] = kind == .cleared ? nil : moved
        return Change(kind: kind, alert: moved, previous: alert.state, assessment: assessment)
    }
}
