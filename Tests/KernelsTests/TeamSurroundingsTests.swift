import Kernels
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("What a thread team takes from the machine")
struct TeamSurroundingsTests {
  /// Runs one piece on every worker of the team: `before` when it arrives, `after` when all have arrived.
  private func onEveryWorker(
    of team: ThreadTeam, before: (_ worker: Int) -> Void = { _ in }, after: (_ worker: Int) -> Void = { _ in }
  ) throws {
    let arrived = Atomic(0)
    try team.forEach(count: team.threads) { _, worker in
      before(worker)
      arrived.add(1, ordering: .acquiringAndReleasing)
      // A worker that waits for the others cannot take a second piece.
      while arrived.load(ordering: .acquiring) < team.threads { sched_yield() }
      after(worker)
    }
  }

  /// The CPU time of the calling thread.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test("threads of an idle team take next to no CPU time: they wait for some tens of microseconds and then sleep")
  func idle() throws {
    let team = try ThreadTeam(threads: 3)
    let begin = Mutex([Double](repeating: 0, count: 3))
    let end = Mutex([Double](repeating: 0, count: 3))
    try onEveryWorker(of: team, after: { worker in begin.withLock { $0[worker] = threadSeconds() } })
    let clock = ContinuousClock()
    let over = clock.now + .milliseconds(100)
    while clock.now < over {}
    try onEveryWorker(of: team, before: { worker in end.withLock { $0[worker] = threadSeconds() } })
    let used = zip(end.withLock(\.self), begin.withLock(\.self)).map { $0 - $1 }
    // The caller, worker 0, has looked at the clock all the time; threads that did not sleep would have used as much.
    for worker in 1..<3 { #expect(used[worker] < 0.005, "worker \(worker)") }
  }

  #if os(Linux)
    /// What `name` of the C library does for the calling thread with a mask of processors; Swift's module does not show these.
    private func call(_ name: String, _ mask: inout [UInt8]) throws {
      typealias Function = @convention(c) (Int32, Int, UnsafeMutableRawPointer?) -> Int32
      let symbol = try #require(dlsym(dlopen(nil, RTLD_NOW), name))
      let function = unsafeBitCast(symbol, to: Function.self)
      let status = mask.withUnsafeMutableBytes { function(0, $0.count, $0.baseAddress) }
      try #require(status == 0)
    }

    /// The processors that the calling thread may use, a bit each.
    private func mask() throws -> [UInt8] {
      var mask = [UInt8](repeating: 0, count: 128)
      try call("sched_getaffinity", &mask)
      return mask
    }

    private func setMask(_ mask: [UInt8]) throws {
      var mask = mask
      try call("sched_setaffinity", &mask)
    }

    @Test("threads use the processors that their maker may use, all of them, and no other", arguments: [false, true])
    func affinity(isNarrow: Bool) throws {
      let whole = try mask()
      defer { #expect(throws: Never.self) { try setMask(whole) } }
      var wanted = whole
      if isNarrow {
        // The first processor alone.
        let byte = try #require(whole.firstIndex { $0 != 0 })
        wanted = [UInt8](repeating: 0, count: whole.count)
        wanted[byte] = whole[byte] & (~whole[byte] &+ 1)
        try setMask(wanted)
      }
      let team = try ThreadTeam(threads: 3)
      let masks = Mutex([[UInt8]](repeating: [], count: 3))
      try onEveryWorker(of: team, before: { worker in masks.withLock { $0[worker] = (try? mask()) ?? [] } })
      #expect(masks.withLock(\.self) == [[UInt8]](repeating: wanted, count: 3))
      #expect(try mask() == wanted)
    }
  #endif

  @Test("a flag with an allowance goes up after so many looks, and what was begun is all that ran", arguments: [1, 3])
  func allowance(threads: Int) throws {
    let team = try ThreadTeam(threads: threads)
    for allowance in [0, 1, 7, 99] {
      let cancellation = Cancellation(allowance: allowance)
      let pieces = Atomic(0)
      #expect(throws: Cancelled()) {
        try team.forEach(count: 100, cancellation: cancellation) { _, _ in pieces.add(1, ordering: .relaxed) }
      }
      let ran = pieces.load(ordering: .relaxed)
      #expect(threads == 1 ? ran == allowance : ran <= allowance)
      #expect((allowance + 1...allowance + threads).contains(cancellation.looksTaken))
    }
    let enough = Cancellation(allowance: 100)
    try team.forEach(count: 100, cancellation: enough) { _, _ in }
    #expect(enough.looksTaken == 100 && Cancellation().looksTaken == 0)
  }
}
