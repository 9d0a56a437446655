package import Advisor
package import Kernels

/// What a running method may use.
package struct Call: Sendable {
  package let advisor: Advisor
  package let jobs: JobTable
  package let lane: MeasurementLane
  package let cancellation: Cancellation
  package let progress: Progress

  /// Goes on without the thread that reads requests, if a brief method was running there: for the rare case that takes longer.
  package func leaveReader() async { await Task.yield() }

  /// Runs `work` as the only measurement on the machine, after those that were asked for earlier.
  ///
  /// The work runs on a thread of its own, so that replies to other requests do not wait for it.
  package func measure<Result: Sendable>(
    _ work: @escaping @Sendable (Cancellation, Progress) throws -> Result
  ) async throws -> Result {
    try await lane.run(cancellation: cancellation, progress: progress, work)
  }
}
