// Slots that nobody accounts for: looked for at start and daily, recorded, and told to the operators.

import Alerts
import Almanac
import Checks
import Jobs
import Linux
import Scheduling

extension DutyEngine {
    /// So long an alert stays open after an audit found a slot without a record.
    private static let remembranceSeconds: Int64 = 7 * 86_400

    /// Looks for slots that were lost with an earlier life of the daemon; nobody has to wait for that.
    func auditAtStart() {
        running += 1
        Task {
            do {
                if try await !recordUnaccounted().isEmpty { tellOperators() }
            } catch {
                log.record(.trouble("cannot look for slots that nothing is on record of: \(error)"))
            }
            ended()
        }
    }

    /// Makes the job run that tells the operators of slots.
    /// - Parameter job: Whose slots have news; those of that job itself are none.
    func tellOperators(of job: Job? = nil) {
        guard job?.name != Job.slotAccounts, configuration.job(named: Job.slotAccounts) != nil else { return }
        inbox.expect(Job.slotAccounts, now: clock.now())
        startOnData(only: Job.slotAccounts)
    }

    /// The order's job with what there is to judge of slots, when it is the one that does; any other as it is.
    /// - Throws: What the ledger throws.
    func audited(_ order: RunOrder) async throws -> Job {
        let job = order.job
        guard case .slotAccounts = job.check else { return job }
        // A rehearsal records nothing, and shows what earlier audits found.
        if !order.isDryRun { _ = try await recordUnaccounted() }
        let since = clock.now().adding(seconds: -Self.remembranceSeconds)
        let lost = Dictionary(grouping: try await desk.unaccountedSlots(since: since), by: \.slot.job)
        let open = await desk.openAlerts.filter { $0.key.job == job.name }.map(\.key.subject)
        let held = Dictionary(grouping: unsettled.filter { $0.order.job.name != job.name }, by: \.order.job.name)
        if !order.isDryRun { toldHeld = Set(held.keys) }
        let zone = configuration.settings.zone
        let standings = Set(lost.keys).union(held.keys).union(open).sorted().map { name in
            let title = configuration.job(named: name)?.title
            return SlotAccounts.Standing(
                job: name,
                titleZh: title?.zh ?? name,
                titleEn: title?.en ?? name,
                lost: lost[name, default: []].map { zone.rfc3339($0.slot.instant) },
                held: held[name, default: []].compactMap { $0.order.slot.map { zone.rfc3339($0.instant) } }.sorted(),
                problem: held[name]?.last?.problem
            )
        }
        return job.judging(.slotAccounts(.init(standings: standings)))
    }

    /// Records slots of which nothing is on record, and says so in the journal.
    private func recordUnaccounted() async throws -> [SlotRecord] {
        // What waits to be recorded is accounted for.
        guard unrecorded.isEmpty else { return [] }
        let schedules = Dictionary(configuration.jobs.map { ($0.name, $0.schedule) }) { first, _ in first }
        let inHand = underway.union(unsettled.compactMap(\.order.slot))
        let found = try await desk.audit(schedules, except: inHand, now: clock.now())
        for record in found {
            scheduler.account(for: record)
            log.record(.skipped(record))
        }
        return found
    }
}
