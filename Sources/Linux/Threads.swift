// Work that waits for the disk, on threads that are there for as long as it lasts.

internal import Glibc
import Synchronization

/// Does a piece of work for each number below `count`, several at a time, and returns when all of them are done.
///
/// The threads are made for the purpose and end with it: a thread that waits for the disk must not be one of those on
/// which everything else runs, and an idle daemon has none left. The caller's own thread is one of them.
package func onThreads(_ threads: Int, _ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    let crew = Crew(count: count, work: work)
    var others: [pthread_t] = []
    for _ in 1..<max(1, min(threads, count)) {
        var thread = pthread_t()
        let reference = unsafe Unmanaged.passRetained(crew)
        let code = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Crew>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            },
            unsafe reference.toOpaque()
        )
        guard code == 0 else {
            // Fewer hands, the same work.
            unsafe reference.release()
            break
        }
        others.append(thread)
    }
    crew.run()
    for thread in others { pthread_join(thread, nil) }
}

/// Pieces of work, each taken by whichever thread is free.
private final class Crew: Sendable {
    private let next = Atomic(0)
    private let count: Int
    private let work: @Sendable (Int) -> Void

    init(count: Int, work: @escaping @Sendable (Int) -> Void) {
        self.count = count
        self.work = work
    }

    func run() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            work(index)
        }
    }
}
