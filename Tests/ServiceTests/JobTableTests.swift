import Advisor
import JSON
import Kernels
import Service
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Jobs")
struct JobTableTests {
  /// A gate that work waits at until the test opens it, looking at its cancellation as measurements do.
  final class Gate: Sendable {
    private let isOpen = Atomic(false)
    func open() { isOpen.store(true, ordering: .releasing) }
    func pass(_ cancellation: Cancellation) throws {
      while !isOpen.load(ordering: .acquiring) {
        try cancellation.check()
        sched_yield()
      }
    }
  }

  let table = JobTable(lane: MeasurementLane(), now: { "2026-01-01T00:00:00Z" })

  @Test("A job that returns is done, with its result")
  func done() async throws {
    let job = try table.start(progress: .ignored) { _, _ in ["answer": 42] }
    try await table.wait(job.job)
    #expect(try table.snapshot(job.job).state == .done)
    #expect(try table.snapshot(job.job).fraction == 1)
    #expect(try table.result(job.job) == ["answer": 42])
  }

  @Test("A job that throws has failed, and its result is the failure")
  func failed() async throws {
    let job = try table.start(progress: .ignored) { _, _ in
      throw Refusal(.insufficientMemory, "needs 9 bytes, 8 are there")
    }
    try await table.wait(job.job)
    #expect(try table.snapshot(job.job).state == .failed)
    #expect(try table.snapshot(job.job).problem?.name == "insufficientMemory")
    #expect(throws: Failure(.insufficientMemory, "needs 9 bytes, 8 are there")) { try table.result(job.job) }
  }

  @Test("Jobs run one at a time, in the order in which they were asked for, and say how many are ahead")
  func order() async throws {
    let gate = Gate()
    let seen = Mutex<[Int]>([])
    let running = Atomic(0)
    let jobs = try (0..<4).map { number in
      try table.start(progress: .ignored) { cancellation, _ in
        #expect(running.add(1, ordering: .relaxed).newValue == 1)
        try gate.pass(cancellation)
        seen.withLock { $0.append(number) }
        #expect(running.subtract(1, ordering: .relaxed).newValue == 0)
        return .null
      }
    }
    #expect(try table.snapshot(jobs[3].job).ahead == 3)
    gate.open()
    for job in jobs { try await table.wait(job.job) }
    #expect(seen.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test("A running job that is cancelled ends as cancelled, and the next one gets the machine")
  func cancelRunning() async throws {
    let gate = Gate()
    let first = try table.start(progress: .ignored) { cancellation, _ in
      try gate.pass(cancellation)
      return .null
    }
    let second = try table.start(progress: .ignored) { _, _ in true }
    _ = try table.cancel(first.job)
    try await table.wait(first.job)
    try await table.wait(second.job)
    #expect(try table.snapshot(first.job).state == .cancelled)
    #expect(try table.result(second.job) == true)
  }

  @Test("A waiting job that is cancelled ends at once, and never runs")
  func cancelWaiting() async throws {
    let gate = Gate()
    let first = try table.start(progress: .ignored) { cancellation, _ in
      try gate.pass(cancellation)
      return .null
    }
    let second = try table.start(progress: .ignored) { _, _ in
      Issue.record("a cancelled job ran")
      return .null
    }
    _ = try table.cancel(second.job)
    try await table.wait(second.job)
    #expect(try table.snapshot(second.job).state == .cancelled)
    #expect(try table.snapshot(first.job).state != .cancelled)
    gate.open()
    try await table.wait(first.job)
  }

  @Test("Cancelling the wait cancels the job")
  func cancelWait() async throws {
    let gate = Gate()
    let job = try table.start(progress: .ignored) { cancellation, _ in
      try gate.pass(cancellation)
      return .null
    }
    let waiter = Task { try await table.wait(job.job) }
    waiter.cancel()
    try await waiter.value
    #expect(try table.snapshot(job.job).state == .cancelled)
  }

  @Test("The fraction never goes back, whatever the work reports")
  func progress() async throws {
    let fractions = Mutex<[Double]>([])
    let listener = Progress { _, fraction, _ in fractions.withLock { $0.append(fraction) } }
    let job = try table.start(progress: listener) { _, progress in
      for fraction in [0.1, 0.5, 0.3, 0.7, -1, 2] { progress.report("measure", fraction) }
      return .null
    }
    try await table.wait(job.job)
    #expect(fractions.withLock { $0 } == [0.1, 0.5, 0.5, 0.7, 0.7, 1])
  }

  @Test("Ended jobs are forgotten, oldest first; a forgotten one is unknown")
  func forgetting() async throws {
    let first = try table.start(progress: .ignored) { _, _ in .null }
    try await table.wait(first.job)
    for _ in 0..<(JobTable.finishedLimit + 1) {
      let job = try table.start(progress: .ignored) { _, _ in .null }
      try await table.wait(job.job)
    }
    #expect(table.list().count <= JobTable.finishedLimit + 1)
    #expect(throws: Failure.self) { try table.snapshot(first.job) }
  }

  @Test("More waiting jobs than the limit are refused, and the refusal says what to do")
  func limit() throws {
    let gate = Gate()
    for _ in 0..<JobTable.activeLimit {
      _ = try table.start(progress: .ignored) { cancellation, _ in
        try gate.pass(cancellation)
        return .null
      }
    }
    let failure = #expect(throws: Failure.self) { try table.start(progress: .ignored) { _, _ in .null } }
    #expect(failure?.name == .jobTableFull)
    #expect(failure?.message.contains("benchmark/cancel") == true)
    table.cancelAll()
  }
}
