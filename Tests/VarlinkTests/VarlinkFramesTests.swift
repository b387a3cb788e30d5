// Messages out of any cut of the stream.

import Testing
import Varlink

@Suite struct VarlinkFramesTests {
    @Test(arguments: [1, 2, 3, 7, 1000])
    func messagesDoNotDependOnHowTheyArrive(pieceSize: Int) throws {
        let messages = ["{}", "", "{\"a\":1}", "x"].map { Array($0.utf8) }
        let stream = messages.flatMap { $0 + [0] } + Array("unfinished".utf8)
        var frames = VarlinkFrames()
        var seen: [[UInt8]] = []
        for start in stride(from: 0, to: stream.count, by: pieceSize) {
            frames.append(stream[start..<min(start + pieceSize, stream.count)])
            while let message = try frames.next() { seen.append(message) }
        }
        #expect(seen == messages)
    }

    @Test func theLimitHoldsForWholeAndForUnfinishedMessages() throws {
        var exact = VarlinkFrames(limit: 4)
        exact.append([1, 2, 3, 4, 0, 1, 2, 3, 4])
        #expect(try exact.next() == [1, 2, 3, 4])
        #expect(try exact.next() == nil)
        var unfinished = VarlinkFrames(limit: 4)
        unfinished.append([1, 2, 3, 4, 5])
        #expect(throws: VarlinkFrames.Failure.tooLong(limit: 4)) { try unfinished.next() }
        var whole = VarlinkFrames(limit: 4)
        whole.append([1, 2, 3, 4, 5, 0])
        #expect(throws: VarlinkFrames.Failure.tooLong(limit: 4)) { try whole.next() }
    }

    @Test func manyRandomCutsGiveTheSameMessages() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let stream = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                UInt8.random(in: 0...3, using: &generator)
            }
            var frames = VarlinkFrames()
            var seen: [[UInt8]] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &generator)
                frames.append(rest.prefix(count))
                rest = rest.dropFirst(count)
                while let message = try frames.next() { seen.append(message) }
            }
            let expected = stream.split(separator: 0, omittingEmptySubsequences: false).dropLast().map(Array.init)
            #expect(seen == expected)
        }
    }
}
