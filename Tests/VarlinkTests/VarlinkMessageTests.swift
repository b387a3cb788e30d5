// What is a call, what is a reply, and what is neither.

import JSON
import Testing
import Varlink

@Suite struct VarlinkMessageTests {
    @Test func callsAndRepliesComeBackAsSent() throws {
        let call = VarlinkMessage.Call(
            method: "a.B",
            parameters: .object(["zero": "a\u{0}b"]),
            oneway: true,
            more: true
        )
        #expect(call.bytes.last == 0)
        #expect(call.bytes.dropLast().contains(0) == false)
        #expect(try VarlinkMessage.Call(parsing: call.bytes.dropLast()) == call)
        let reply = VarlinkMessage.Reply(parameters: .object(["n": 1]), continues: true, error: "a.E")
        #expect(try VarlinkMessage.Reply(parsing: reply.bytes.dropLast()) == reply)
    }

    @Test(arguments: [#"{"method":"a.B"}"#, #"{"method":"a.B","parameters":null,"more":null,"extra":[1]}"#])
    func whatMayBeLeftOutMayBeLeftOut(text: String) throws {
        #expect(try VarlinkMessage.Call(parsing: Array(text.utf8)) == VarlinkMessage.Call(method: "a.B"))
    }

    @Test(
        arguments: [
            "", "[]", "1", "{}", #"{"method":1}"#, #"{"method":"a.B","parameters":[]}"#, #"{"method":"a.B","more":1}"#,
            #"{"method":"a.B","method":"a.C"}"#,
        ]
    )
    func otherTextsAreNoCalls(text: String) {
        #expect(throws: VarlinkMessage.Malformed.self) { _ = try VarlinkMessage.Call(parsing: Array(text.utf8)) }
    }
}
