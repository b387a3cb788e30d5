// What is said over the socket about alerts, silences and notices, against the description.

import Control
import Testing

@Suite struct AlertControlTests {
    private let declared: DeclaredInterface

    init() throws { declared = try DeclaredInterface() }

    private static let acknowledgement = AcknowledgementEntry(author: "", note: "", at: "", until: "")

    private static let alert = AlertEntry(
        serial: "",
        job: "",
        subject: "",
        name: "",
        indicator: "",
        state: "",
        told: "x",
        muted: "x",
        period: "",
        revision: 1,
        raised: "",
        changed: "",
        to: [],
        cc: [],
        acknowledgement: acknowledgement
    )

    private static let silence = SilenceEntry(
        id: 1,
        matches: "",
        author: "",
        reason: "",
        from: "",
        until: "",
        alerts: 0
    )

    @Test func callsCarryWhatTheDescriptionDeclares() throws {
        func expect(_ call: some ControlMethod, _ name: String) throws {
            #expect(try DeclaredInterface.members(of: call) == declared.methods[name]?.in, "\(name)")
        }
        try expect(ListAlerts(job: "x"), "ListAlerts")
        try expect(GetAlert(alert: "x"), "GetAlert")
        try expect(Acknowledge(alert: "x", note: "y", until: "z"), "Acknowledge")
        try expect(Withdraw(alert: "x", note: "y"), "Withdraw")
        try expect(
            SilenceAlerts(job: "a", subject: "b", indicator: "c", severity: "d", reason: "e", until: "f"),
            "Silence"
        )
        try expect(Unsilence(silence: 1), "Unsilence")
        try expect(ListSilences(), "ListSilences")
        try expect(
            RecordReceipt(
                alert: "a",
                department: "b",
                answer: "c",
                author: "d",
                date: "e",
                approver: "f",
                reason: "g",
                evidence: "h"
            ),
            "Receipt"
        )
        try expect(ListOutbox(), "ListOutbox")
        try expect(Resend(alert: "x", department: "y"), "Resend")
    }

    @Test func partsAreWhatTheDescriptionDeclares() throws {
        func expect(_ value: some Encodable, _ name: String) throws {
            #expect(try DeclaredInterface.members(of: value) == declared.types[name], "\(name)")
        }
        try expect(Self.alert, "Alert")
        try expect(Self.acknowledgement, "Acknowledgement")
        try expect(FactEntry(name: "", value: ""), "Fact")
        try expect(HistoryEntry(revision: 1, kind: "", state: "", at: "", to: [], cc: [], why: "x"), "HistoryEntry")
        let standing = StandingEntry(department: "", delivered: "x", pickedUp: "x", acknowledged: "x", answer: "x")
        try expect(standing, "Standing")
        try expect(DueEntry(what: "", at: ""), "Due")
        try expect(Self.silence, "SilenceEntry")
        let outbox = OutboxEntry(department: "", waiting: 0, problem: "x", untaken: 0)
        try expect(outbox, "OutboxEntry")
    }

    @Test func repliesCarryWhatTheDescriptionDeclares() throws {
        func expect(_ reply: some Encodable, _ name: String) throws {
            #expect(try DeclaredInterface.members(of: reply) == declared.methods[name]?.out, "\(name)")
        }
        try expect(ListAlerts.Reply(alerts: []), "ListAlerts")
        let explained = GetAlert.Reply(
            alert: Self.alert,
            ended: "x",
            rule: [],
            facts: [],
            gaps: [],
            source: [],
            history: [],
            departments: [],
            waitsFor: []
        )
        try expect(explained, "GetAlert")
        try expect(Acknowledge.Reply(until: ""), "Acknowledge")
        try expect(SilenceAlerts.Reply(silence: Self.silence), "Silence")
        try expect(ListSilences.Reply(silences: []), "ListSilences")
        try expect(ListOutbox.Reply(departments: []), "ListOutbox")
        try expect(Resend.Reply(notices: [], problems: []), "Resend")
    }

    @Test func theErrorsAreDeclared() {
        for name in ["UnknownAlert", "UnknownSilence", "UnknownDepartment", "Unfit"] {
            #expect(declared.errors.contains(name))
        }
    }
}
