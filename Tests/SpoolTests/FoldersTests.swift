// Folders made by systemd-tmpfiles from our lines, and what an operator is told when they are wrong.

import Almanac
import Diagnostics
import Foundation
import Jobs
import Spool
import TestKit
import Testing

@Suite(.enabled(if: isRoot)) struct FoldersTests {
    private let scratch: ScratchFolder
    private let settings: Configuration
    private let spool: FolderSpool

    /// The machine's own spool, under a root of its own, with the users of this machine.
    init() throws {
        scratch = try ScratchFolder()
        settings = try SpoolTests.settings()
        #expect(settings.problems.map(\.severity).filter { $0 == .error } == [])
        spool = FolderSpool(root: scratch("var/spool/dutyd"), makesFolders: false)
        try scratch.makeFolder("etc")
        for name in ["passwd", "group"] {
            try FileManager.default.copyItem(atPath: "/etc/\(name)", toPath: scratch("etc/\(name)"))
        }
        let lines = FolderSpool.tmpfiles(
            for: settings.departments,
            spoolRoot: "/var/spool/dutyd",
            feeds: Array(settings.feeds.values),
            user: "daemon"
        )
        try create(lines)
    }

    private func create(_ lines: String) throws {
        let answer = try run("systemd-tmpfiles", "--create", "--root=\(scratch.path)", "-", input: lines)
        #expect(answer.status == 0, "\(answer.output)")
        #expect(answer.output == "")
    }

    private func owners(_ name: String) throws -> String {
        try run("stat", "-c", "%U:%G %a", scratch("var/spool/dutyd/\(name)")).output.filter { $0 != "\n" }
    }

    @Test(arguments: [
        ("", "daemon:daemon 711"), ("ecology-environment", "daemon:games 2750"),
        ("ecology-environment/tmp", "daemon:games 2700"), ("ecology-environment/new", "daemon:games 2770"),
        ("water-affairs/cur", "daemon:mail 2770"), ("water-affairs/done", "daemon:mail 2770"),
        ("water-affairs/receipts", "daemon:mail 2770"), ("inbox", "daemon:daemon 711"),
        ("inbox/water-measurements", "daemon:games 2770"),
        // Its supplier is no department, so nobody but the daemon may write.
        ("inbox/drills", "daemon:daemon 2770"),
    ])
    func theLinesMakeEachFolderAsItHasToBe(name: String, expected: String) throws {
        #expect(try owners(name) == expected)
    }

    @Test func registersGetNoFolder() throws {
        #expect(try scratch.names(in: "var/spool/dutyd/inbox") == ["drills", "water-measurements"])
    }

    @Test func foldersMadeByTheLinesAreFreeOfProblems() {
        #expect(spool.problems(departments: settings.departments) == [])
    }

    @Test func aFileBelongsToTheDepartmentsGroupWhichMayOnlyRead() async throws {
        await #expect(processExitsWith: .success) { [path = scratch("var/spool/dutyd") as String] in
            // The daemon's user is a member of no department's group.
            #expect(setgroups(0, nil) == 0)
            #expect(setgid(1) == 0)
            #expect(setuid(1) == 0)
            try FolderSpool(root: path, makesFolders: false).deliver(notice())
        }
        #expect(try owners("ecology-environment/new/1-alert.txt") == "daemon:games 640")
    }

    @Test(arguments: [
        ("rm -r ecology-environment/new", "ecology-environment/new", "the folder is missing"),
        ("rm -r water-affairs", "water-affairs", "the folder is missing"),
        ("rm -r water-affairs; ln -s ecology-environment water-affairs", "water-affairs", "this is no folder"),
        ("rmdir water-affairs/cur; ln -s new water-affairs/cur", "water-affairs/cur", "this is no folder"),
        ("rmdir water-affairs/done; touch water-affairs/done", "water-affairs/done", "this is no folder"),
        ("chmod 3770 water-affairs/new", "water-affairs/new", "the folder has the wrong mode"),
        ("chmod g-s water-affairs/tmp", "water-affairs/tmp", "the folder has the wrong mode"),
        ("chmod g+w water-affairs", "water-affairs", "the folder has the wrong mode"),
        ("chown root water-affairs/new", "water-affairs/new", "the folder has the wrong owner"),
        ("chgrp games water-affairs", "water-affairs", "the folder has the wrong group"),
        (
            "mount -t tmpfs -o size=4k,uid=1,gid=8,mode=2770 none water-affairs/new", "water-affairs/new",
            "the folder is on another file system than the department's own folder"
        ),
    ])
    func aWrongFolderIsNamedWithItsFault(spoiling: String, folder: String, problem: String) throws {
        let answer = try run("sh", "-ec", "cd '\(scratch("var/spool/dutyd"))'; \(spoiling)")
        #expect(answer.status == 0, "\(answer.output)")
        defer { _ = try? run("umount", "-q", scratch("var/spool/dutyd/water-affairs/new")) }
        let problems = spool.problems(departments: settings.departments)
        #expect(problems.map(\.problem) == [problem])
        #expect(problems.map(\.position?.file) == [scratch("var/spool/dutyd/\(folder)")])
        #expect(problems.allSatisfy { $0.remedy != nil })
    }

    @Test func theLinesMendWhatCanBeMended() throws {
        let spoiling = "chmod 3770 water-affairs/new; chown root water-affairs/cur; rmdir water-affairs/done"
        #expect(try run("sh", "-ec", "cd '\(scratch("var/spool/dutyd"))'; \(spoiling)").status == 0)
        #expect(spool.problems(departments: settings.departments).count == 3)
        let lines = FolderSpool.tmpfiles(
            for: settings.departments,
            spoolRoot: "/var/spool/dutyd",
            feeds: [],
            user: "daemon"
        )
        try create(lines)
        #expect(spool.problems(departments: settings.departments) == [])
    }

    @Test func aGroupThatDoesNotExistIsNamed() throws {
        let text = "nobodys: {zh: 无, en: None, group: no-such-group}"
        let files = [
            ("dutyd.yaml", "{district: {code: CN, zh: 区, en: D}, zone: UTC, control: {look: a, act: b}}"),
            ("departments.yaml", text),
        ].map { SettingsFile(path: $0.0, displayName: $0.0, bytes: Array($0.1.utf8)) }
        let departments = try Configuration(settings: files, jobs: []) { _ throws(Diagnostic) in .utc }.departments
        let problems = spool.problems(departments: departments)
        #expect(problems.map(\.problem) == ["the department's group does not exist"])
        #expect(problems.map(\.found) == ["no-such-group"])
    }

    @Test func pathsWithSpacesQuotesAndPercentSignsAreTakenAsTheyAre() throws {
        let root = "/srv/duty spool/\"100%\"/水"
        try scratch.makeFolder("srv")
        try create(FolderSpool.tmpfiles(for: settings.departments, spoolRoot: root, feeds: [], user: "daemon"))
        let odd = FolderSpool(root: scratch.path + root, makesFolders: false)
        #expect(odd.problems(departments: settings.departments) == [])
    }
}

@Suite struct StartTests {
    private let scratch: ScratchFolder
    private let spool: FolderSpool
    private let departments: [Department]

    init() throws {
        scratch = try ScratchFolder()
        spool = FolderSpool(root: scratch("spool"), makesFolders: true)
        departments = try SpoolTests.settings().departments
    }

    @Test func aSpoolWithoutPrivilegesIsReadyAfterItsStart() throws {
        #expect(spool.problems(departments: departments) == [])
        #expect(spool.prepare(departments: departments, now: Instant(seconds: 0)) == [])
        #expect(try scratch.names(in: "spool") == ["ecology-environment", "water-affairs"])
        #expect(spool.prepare(departments: departments, now: Instant(seconds: 0)) == [])
    }

    @Test func leftoversOfDeadDeliveriesGoAfterThirtySixHoursAndNothingElse() throws {
        try spool.deliver(notice(1))
        for name in ["tmp/old", "tmp/young", "new/old"] {
            let path = "spool/ecology-environment/\(name)"
            try scratch.put("x", at: path)
            let age: Double = name == "tmp/young" ? 36 * 3600 - 1 : 36 * 3600 + 1
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000 - age)],
                ofItemAtPath: scratch(path)
            )
        }
        let said = spool.prepare(departments: departments, now: Instant(seconds: 1_700_000_000))
        #expect(said.map(\.severity) == [.warning])
        #expect(said.map(\.position?.file) == [scratch("spool/ecology-environment/tmp/old")])
        #expect(try scratch.names(in: "spool/ecology-environment/tmp") == ["young"])
        #expect(try scratch.names(in: "spool/ecology-environment/new") == ["1-alert.json", "1-alert.txt", "old"])
    }

    @Test func aSpoolWhoseParentIsMissingIsReported() {
        let lost = FolderSpool(root: scratch("a/b/c"), makesFolders: true)
        let problems = lost.prepare(departments: departments, now: Instant(seconds: 0))
        #expect(problems.map(\.problem) == ["the spool cannot be used", "the spool cannot be used"])
    }
}
