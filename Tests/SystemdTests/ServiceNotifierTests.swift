// What the service manager hears.

import Foundation
import Linux
import Systemd
import Testing

@Suite struct ServiceNotifierTests {
    @Test(arguments: ["/tmp/dutyd-\(UUID().uuidString)", "@dutyd-\(UUID().uuidString)"])
    func theManagerHearsEachMessage(path: String) throws {
        let manager = try DatagramReceiver(path: path)
        defer { unsafe unlink(path) }
        let notifier = ServiceNotifier(socketPath: path)
        try notifier.ready(status: "next: river-sections 09:00")
        #expect(manager.receiveText() == "READY=1\nSTATUS=next: river-sections 09:00")
        try notifier.status("two\nlines\r\nSTOPPING=1")
        #expect(manager.receiveText() == "STATUS=two lines STOPPING=1")
        try notifier.watchdog()
        #expect(manager.receiveText() == "WATCHDOG=1")
        try notifier.stopping(status: "bye")
        #expect(manager.receiveText() == "STOPPING=1\nSTATUS=bye")
    }

    @Test func withoutAManagerNothingIsSaidAndNothingFails() throws {
        let notifier = ServiceNotifier(socketPath: nil)
        try notifier.ready(status: "fine")
        try notifier.watchdog()
    }

    @Test func aManagerThatIsGoneIsAnError() {
        let error = #expect(throws: SystemError.self) {
            try ServiceNotifier(socketPath: "/tmp/dutyd-\(UUID().uuidString)").watchdog()
        }
        #expect(error?.code == SystemError.doesNotExist)
    }

    @Test func theWatchdogsIntervalComesFromTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("WATCHDOG_USEC", "30000000", 1)
            unsafe setenv("WATCHDOG_PID", String(getpid()), 1)
            precondition(ServiceNotifier.watchdogInterval == 30_000_000)
            // Meant for another process.
            unsafe setenv("WATCHDOG_PID", "1", 1)
            precondition(ServiceNotifier.watchdogInterval == nil)
        }
        #expect(ServiceNotifier.watchdogInterval == nil)
    }

    @Test func theManagersSocketComesFromTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            let path = "@dutyd-\(getpid())"
            let manager = try DatagramReceiver(path: path)
            unsafe setenv("NOTIFY_SOCKET", path, 1)
            try ServiceNotifier.ofThisProcess().watchdog()
            precondition(manager.receiveText() == "WATCHDOG=1")
        }
    }
}
