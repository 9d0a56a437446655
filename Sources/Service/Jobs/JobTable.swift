package import Advisor
package import JSON
package import Kernels
import Synchronization

/// The measurements that were started as jobs: running, waiting, and the latest that ended.
package final class JobTable: Sendable {
  /// How many jobs may wait or run.
  package static let activeLimit = 64
  /// How many ended jobs are remembered.
  package static let finishedLimit = 64

  private struct Record {
    let id: String
    let number: Int
    let cancellation: Cancellation
    let createdAt: String
    var state = JobSnapshot.State.queued
    var phase = "queued"
    var fraction = 0.0
    var message = ""
    var startedAt: String?
    var finishedAt: String?
    var result: JSON?
    var failure: Failure?
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private struct State {
    var records: [String: Record] = [:]
    var order: [String] = []
    var next = 1
  }

  private let state = Mutex(State())
  private let lane: MeasurementLane
  private let now: @Sendable () -> String

  package init(lane: MeasurementLane, now: @escaping @Sendable () -> String = { Timestamp.now() }) {
    self.lane = lane
    self.now = now
  }

  /// Accepts a job; it runs when the machine is free.
  ///
  /// Throws when too many are waiting.
  package func start(
    progress: Progress, _ work: @escaping @Sendable (Cancellation, Progress) throws -> JSON
  ) throws(Failure) -> JobSnapshot {
    let cancellation = Cancellation()
    let created = now()
    let id = state.withLock { state -> String? in
      guard state.records.values.count(where: { !$0.state.isFinal }) < Self.activeLimit else { return nil }
      let id = "job-\(state.next)"
      state.records[id] = Record(id: id, number: state.next, cancellation: cancellation, createdAt: created)
      state.order.append(id)
      state.next += 1
      Self.forgetOldest(&state)
      return id
    }
    guard let id else {
      throw Failure(
        .jobTableFull,
        "\(Self.activeLimit) jobs are already waiting; wait for one to end, or cancel one with benchmark/cancel")
    }
    let recorder = Progress { [weak self] phase, fraction, message in
      guard let shown = self?.record(id, phase: phase, fraction: fraction, message: message) else { return }
      progress.report(phase, shown, message)
    }
    lane.enqueue(cancellation: cancellation, progress: recorder) { [self] in
      guard begin(id) else { return }
      finish(
        id,
        Result {
          try cancellation.check(); return try work(cancellation, recorder)
        })
    }
    return try snapshot(id)
  }

  /// Shows one job.
  package func snapshot(_ id: String) throws(Failure) -> JobSnapshot {
    let snapshot = state.withLock { state in state.records[id].map { Self.snapshot($0, in: state) } }
    guard let snapshot else { throw Self.unknown(id) }
    return snapshot
  }

  /// Shows every job that is remembered, oldest first.
  package func list() -> [JobSnapshot] {
    state.withLock { state in state.order.compactMap { state.records[$0] }.map { Self.snapshot($0, in: state) } }
  }

  /// Asks a job to end; a job that has already ended stays as it is.
  package func cancel(_ id: String) throws(Failure) -> JobSnapshot {
    guard let cancellation = state.withLock({ $0.records[id]?.cancellation }) else { throw Self.unknown(id) }
    cancellation.cancel()
    lane.releaseCancelled()
    return try snapshot(id)
  }

  /// Asks every job to end, as when the caller has gone.
  package func cancelAll() {
    for cancellation in state.withLock({ $0.records.values.map(\.cancellation) }) { cancellation.cancel() }
    lane.releaseCancelled()
  }

  /// The result of a job that is done.
  package func result(_ id: String) throws(Failure) -> JSON {
    guard let record = state.withLock({ $0.records[id] }) else { throw Self.unknown(id) }
    if let result = record.result { return result }
    if let failure = record.failure { throw failure }
    throw Failure(
      .jobNotFinished,
      "job \(id) is \(record.state.rawValue); ask benchmark/status until its state is done, or use benchmark/run",
      data: ["job": .string(id), "state": .string(record.state.rawValue)])
  }

  /// Waits until the job has ended.
  ///
  /// When the waiting task is cancelled, so is the job.
  package func wait(_ id: String) async throws(Failure) {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard let record = state.records[id], !record.state.isFinal else { return true }
          state.records[id]?.waiters.append(continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      if let cancellation = state.withLock({ $0.records[id]?.cancellation }) {
        cancellation.cancel()
        lane.releaseCancelled()
      }
    }
  }

  private func begin(_ id: String) -> Bool {
    let started = now()
    return state.withLock { state in
      guard state.records[id] != nil else { return false }
      state.records[id]?.state = .running
      state.records[id]?.phase = "starting"
      state.records[id]?.startedAt = started
      return true
    }
  }

  private func record(_ id: String, phase: String, fraction: Double, message: String) -> Double? {
    state.withLock { state in
      guard let record = state.records[id], !record.state.isFinal else { return nil }
      let shown = max(record.fraction, fraction)
      state.records[id]?.phase = phase
      state.records[id]?.fraction = shown
      state.records[id]?.message = message
      return shown
    }
  }

  private func finish(_ id: String, _ outcome: Result<JSON, any Error>) {
    let ended = now()
    let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard var record = state.records[id] else { return [] }
      record.finishedAt = ended
      switch outcome {
      case .success(let result):
        record.state = .done
        record.phase = "done"
        record.fraction = 1
        record.message = ""
        record.result = result
      case .failure(let error):
        let failure = Failure(describing: error)
        record.state = failure.name == .requestCancelled ? .cancelled : .failed
        record.phase = record.state.rawValue
        record.message = failure.message
        record.failure = failure
      }
      let waiters = record.waiters
      record.waiters = []
      state.records[id] = record
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  private static func forgetOldest(_ state: inout State) {
    let finished = state.order.filter { state.records[$0]?.state.isFinal == true }
    for id in finished.dropLast(finishedLimit) {
      state.records[id] = nil
      state.order.removeAll { $0 == id }
    }
  }

  private static func snapshot(_ record: Record, in state: State) -> JobSnapshot {
    let earlier = state.records.values.count { $0.number < record.number && !$0.state.isFinal }
    return JobSnapshot(
      job: record.id, state: record.state, ahead: record.state == .queued ? earlier : nil, phase: record.phase,
      fraction: record.fraction, message: record.message, createdAt: record.createdAt, startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      problem: record.state == .failed
        ? record.failure.map { .init(name: $0.name.rawValue, message: $0.message) } : nil)
  }

  private static func unknown(_ id: String) -> Failure {
    Failure(
      .jobNotFound, "there is no job \(id.prefix(80)); benchmark/list shows those that are remembered",
      data: ["job": .string(String(id.prefix(80)))])
  }
}
