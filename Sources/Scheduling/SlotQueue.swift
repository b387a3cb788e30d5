// The jobs in the order in which their next slots are served, so that nobody looks through all of them for the first.

import Almanac

/// Jobs, each with an instant, as a binary heap that knows where each job stands: whatever is changed costs as many steps
/// as the number of jobs has binary digits.
struct SlotQueue: Sendable {
    /// No slot stands before the one at half the index before its own, rounded down.
    private var slots: [Slot] = []
    private var places: [String: Int] = [:]

    /// The first slot; of those at one instant, that of the first job by name.
    var earliest: Slot? { slots.first }

    /// Gives a job another instant, or takes it out.
    mutating func set(_ job: String, to instant: Instant?) {
        switch (places[job], instant) {
        case (nil, nil): break
        case (nil, let instant?):
            slots.append(Slot(job: job, instant: instant))
            rise(from: slots.count - 1)
        case (let place?, let instant?):
            settle(Slot(job: job, instant: instant), at: place)
        case (let place?, nil):
            places[job] = nil
            let last = slots.removeLast()
            if place < slots.count { settle(last, at: place) }
        }
    }

    /// The first slots, at most `count`, in their order.
    func earliest(_ count: Int) -> [Slot] {
        var found: [Slot] = []
        // Places whose slots may be the next one; whatever stands below them comes later.
        var open = slots.isEmpty ? [] : [0]
        while found.count < count, let next = open.indices.min(by: { Self.isBefore(slots[open[$0]], slots[open[$1]]) })
        {
            let place = open[next]
            open.swapAt(next, open.count - 1)
            open.removeLast()
            found.append(slots[place])
            open += [2 * place + 1, 2 * place + 2].filter { $0 < slots.count }
        }
        return found
    }

    /// The jobs whose instants have come, in no order.
    func jobs(through instant: Instant) -> [String] {
        var found: [String] = []
        var waiting = [0]
        while let place = waiting.popLast() {
            guard place < slots.count, slots[place].instant <= instant else { continue }
            found.append(slots[place].job)
            waiting += [2 * place + 1, 2 * place + 2]
        }
        return found
    }

    /// Puts a slot where it belongs, starting from a place that is free for it.
    private mutating func settle(_ slot: Slot, at place: Int) {
        slots[place] = slot
        let risen = rise(from: place)
        if risen == place { sink(from: place) }
    }

    @discardableResult
    private mutating func rise(from start: Int) -> Int {
        let slot = slots[start]
        var place = start
        while place > 0, Self.isBefore(slot, slots[(place - 1) / 2]) {
            put(slots[(place - 1) / 2], at: place)
            place = (place - 1) / 2
        }
        put(slot, at: place)
        return place
    }

    private mutating func sink(from start: Int) {
        let slot = slots[start]
        var place = start
        while 2 * place + 1 < slots.count {
            var child = 2 * place + 1
            if child + 1 < slots.count, Self.isBefore(slots[child + 1], slots[child]) { child += 1 }
            guard Self.isBefore(slots[child], slot) else { break }
            put(slots[child], at: place)
            place = child
        }
        put(slot, at: place)
    }

    private mutating func put(_ slot: Slot, at place: Int) {
        slots[place] = slot
        places[slot.job] = place
    }

    private static func isBefore(_ left: Slot, _ right: Slot) -> Bool {
        (left.instant, left.job) < (right.instant, right.job)
    }
}
