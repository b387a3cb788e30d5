// What every command takes: the daemon's socket, and the form of the answer.

import ArgumentParser
import Control
import JSON

/// What every command takes.
struct ControlOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's control socket.", valueName: "path"))
    var socket = "/run/dutyd/control"

    @Flag(help: "Print the daemon's answer as JSON.")
    var json = false

    /// Calls a method; prints the answer as JSON when that was asked for, otherwise hands it on to be shown.
    func call<Method: ControlMethod>(_ method: Method, show: (Method.Reply) throws -> Void) throws {
        var client = try ControlClient(socket: socket)
        let (reply, answer) = try client.call(method)
        if json { print(answer.text(.indented)) } else { try show(reply) }
    }
}
