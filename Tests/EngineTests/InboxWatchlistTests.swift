// When a file of the inbox is received, and when it has gone; in simulated time.

import Almanac
import Diagnostics
import Engine
import Records
import Testing

@Suite struct InboxWatchlistTests {
    private var watchlist = InboxWatchlist(settle: TimeSpan(seconds: 120), known: [])

    private static func stamp(_ inode: UInt64, changed: Int64) -> FileStamp {
        FileStamp(
            device: 1,
            inode: inode,
            size: 10,
            modified: Instant(seconds: 0),
            changed: Instant(seconds: changed)
        )
    }

    private static func listing(_ files: (String, FileStamp?)...) -> EvidenceListing {
        EvidenceListing(tables: files.map { EvidenceTable(feed: "water", name: $0.0, stamp: $0.1) })
    }

    /// A look at a time in seconds of the system's clock, which the daemon's may be ahead of.
    private mutating func look(
        _ listing: EvidenceListing,
        at seconds: Int64,
        ahead: Int64 = 0
    ) -> InboxWatchlist.Outlook {
        watchlist.look(
            at: listing,
            of: "water",
            now: Instant(seconds: seconds + ahead),
            systemNow: Instant(seconds: seconds)
        )
    }

    private mutating func receive(_ name: String) { watchlist.received(InboxFile(feed: "water", name: name)) }

    @Test mutating func aFileThatLaySinceLongIsReceivedAtTheFirstLook() {
        let outlook = look(Self.listing(("a.csv", Self.stamp(1, changed: 1_000))), at: 1_120)
        #expect(outlook.arrivals.map(\.name) == ["a.csv"])
        #expect(outlook.arrivals.map(\.firstSeen) == [Instant(seconds: 1_120)])
        #expect(outlook.lookAgain == nil)
    }

    @Test mutating func aFreshFileWaitsUntilItHasSettled() {
        let listing = Self.listing(("a.csv", Self.stamp(1, changed: 1_000)))
        let first = look(listing, at: 1_010)
        #expect(first.arrivals == [])
        #expect(first.lookAgain == Instant(seconds: 1_120))
        #expect(look(listing, at: 1_119).arrivals == [])
        let settled = look(listing, at: 1_120)
        #expect(settled.arrivals.map(\.firstSeen) == [Instant(seconds: 1_010)])
    }

    @Test mutating func aFileThatGrowsWaitsOn() {
        for second in stride(from: Int64(1_000), through: 2_000, by: 100) {
            let outlook = look(Self.listing(("a.csv", Self.stamp(1, changed: second))), at: second)
            #expect(outlook.arrivals == [])
            #expect(outlook.lookAgain == Instant(seconds: second + 120))
        }
        let settled = look(Self.listing(("a.csv", Self.stamp(1, changed: 2_000))), at: 2_120)
        #expect(settled.arrivals.map(\.firstSeen) == [Instant(seconds: 2_000)])
    }

    @Test(
        "a rehearsal compares stamps with the system's clock, not with its own",
        arguments: [-90_000_000, 90_000_000]
    )
    mutating func rehearsal(ahead: Int64) {
        let old = Self.listing(("a.csv", Self.stamp(1, changed: 100_000_000)))
        let outlook = look(old, at: 100_000_200, ahead: ahead)
        #expect(outlook.arrivals.map(\.firstSeen) == [Instant(seconds: 100_000_200 + ahead)])
        let fresh = look(Self.listing(("b.csv", Self.stamp(2, changed: 100_000_190))), at: 100_000_200, ahead: ahead)
        #expect(fresh.arrivals == [])
        #expect(fresh.lookAgain == Instant(seconds: 100_000_310 + ahead))
    }

    @Test("a stamp that tells no time waits as long as it is seen", arguments: [nil, Int64(900_000)])
    mutating func timeless(changed: Int64?) {
        let listing = Self.listing(("a.csv", changed.map { Self.stamp(1, changed: $0) }))
        #expect(look(listing, at: 1_000).lookAgain == Instant(seconds: 1_120))
        #expect(look(listing, at: 1_119).arrivals == [])
        #expect(look(listing, at: 1_120).arrivals.count == 1)
    }

    @Test mutating func aClockThatWasSetBackHoldsNothingUp() {
        let listing = Self.listing(("a.csv", nil))
        _ = look(listing, at: 500_000)
        #expect(look(listing, at: 1_000).lookAgain == Instant(seconds: 1_120))
        #expect(look(listing, at: 1_120).arrivals.count == 1)
    }

    @Test mutating func aReceivedFileIsLeftAloneUntilItsStampChanges() {
        let listing = Self.listing(("a.csv", Self.stamp(1, changed: 0)))
        #expect(look(listing, at: 1_000).arrivals.count == 1)
        // As long as nobody says so, it is not received.
        #expect(look(listing, at: 1_001).arrivals.count == 1)
        receive("a.csv")
        #expect(look(listing, at: 1_002) == InboxWatchlist.Outlook())
        let changed = Self.listing(("a.csv", Self.stamp(1, changed: 900)))
        #expect(look(changed, at: 1_100).arrivals.map(\.firstSeen) == [Instant(seconds: 1_100)])
    }

    @Test mutating func whatIsNoTableIsReceivedOnceToo() {
        let file = RefusedFile(
            name: "a.xlsx",
            stamp: Self.stamp(1, changed: 0),
            reject: Reject(.spreadsheet, Diagnostic("no table"))
        )
        let outlook = look(EvidenceListing(refused: [file]), at: 1_000)
        #expect(outlook.arrivals.map(\.content) == [.refused(file)])
        receive("a.xlsx")
        #expect(look(EvidenceListing(refused: [file]), at: 2_000) == InboxWatchlist.Outlook())
    }

    @Test mutating func aFileHasGoneWhenItStaysAway() {
        let listing = Self.listing(("a.csv", Self.stamp(1, changed: 0)))
        _ = look(listing, at: 1_000)
        receive("a.csv")
        #expect(look(EvidenceListing(), at: 2_000).lookAgain == Instant(seconds: 2_120))
        // A program that saves a file removes the old one first.
        #expect(look(listing, at: 2_060) == InboxWatchlist.Outlook())
        #expect(look(EvidenceListing(), at: 3_000).departures == [:])
        #expect(look(EvidenceListing(), at: 3_120).departures == ["a.csv": Instant(seconds: 3_000)])
        watchlist.departed(InboxFile(feed: "water", name: "a.csv"))
        #expect(look(EvidenceListing(), at: 3_121) == InboxWatchlist.Outlook())
        #expect(look(listing, at: 4_000).arrivals.count == 1)
    }

    @Test mutating func whatCannotBeListedHasNotGone() {
        _ = look(Self.listing(("a.csv", Self.stamp(1, changed: 0))), at: 1_000)
        receive("a.csv")
        let broken = EvidenceListing(problems: [Diagnostic("the folder cannot be read")])
        for second in [Int64(2_000), 9_000] { #expect(look(broken, at: second) == InboxWatchlist.Outlook()) }
    }

    @Test mutating func whatIsNotLookedAtHasNotGone() {
        _ = look(Self.listing(("a.csv", Self.stamp(1, changed: 0)), ("b.csv", Self.stamp(2, changed: 0))), at: 1_000)
        for name in ["a.csv", "b.csv"] { receive(name) }
        var listing = EvidenceListing()
        listing.unlisted = ["a.csv"]
        #expect(look(listing, at: 2_000).lookAgain == Instant(seconds: 2_120))
        #expect(look(listing, at: 2_120).departures == ["b.csv": Instant(seconds: 2_000)])
        listing.unlisted = []
        listing.isCut = true
        #expect(look(listing, at: 9_000).departures == [:])
        // It is missed from the look on that would have seen it.
        #expect(look(EvidenceListing(), at: 9_100).departures == [:])
    }

    @Test mutating func whatHasNotSettledIsNamed() {
        let listing = Self.listing(("a.csv", Self.stamp(1, changed: 990)), ("b.csv", Self.stamp(2, changed: 0)))
        #expect(look(listing, at: 1_000).unsettled == ["a.csv"])
        #expect(look(listing, at: 1_110).unsettled == [])
    }

    @Test mutating func afterARestartTheLedgersStampsCount() {
        let known = Reception(
            feed: "water",
            name: "a.csv",
            revision: 1,
            stamp: Self.stamp(1, changed: 0),
            fingerprint: "x",
            firstSeen: Instant(seconds: 10),
            isUsable: true,
            summary: ""
        )
        watchlist = InboxWatchlist(settle: TimeSpan(seconds: 120), known: [known])
        #expect(look(Self.listing(("a.csv", known.stamp)), at: 1_000) == InboxWatchlist.Outlook())
        #expect(look(Self.listing(("a.csv", Self.stamp(2, changed: 0))), at: 1_000).arrivals.count == 1)
    }

    @Test mutating func filesComeInTheOrderInWhichTheyWereChanged() {
        let outlook = look(
            Self.listing(
                ("a.csv", Self.stamp(1, changed: 30)),
                ("b.csv", Self.stamp(2, changed: 10)),
                ("c.csv", Self.stamp(3, changed: 20))
            ),
            at: 1_000
        )
        #expect(outlook.arrivals.map(\.name) == ["b.csv", "c.csv", "a.csv"])
    }

    @Test mutating func twoNamesThatLookAlikeAreOneFile() {
        let listing = Self.listing(("a.csv", Self.stamp(1, changed: 0)), ("a.csv", Self.stamp(2, changed: 0)))
        #expect(look(listing, at: 1_000).arrivals.count == 1)
        receive("a.csv")
        #expect(look(listing, at: 1_001) == InboxWatchlist.Outlook())
    }
}
