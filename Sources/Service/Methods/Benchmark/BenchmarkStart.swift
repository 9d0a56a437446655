package import Advisor
package import JSON

/// `benchmark/start`: measure in the background.
package enum BenchmarkStart: Method {
  package static let name = "benchmark/start"
  package static let summary = "Starts to measure how fast a model runs on this machine, and returns a job at once."
  package static let discussion = """
    The machine is measured by one job at a time; others wait in order and say how many are ahead. With a progressToken, \
    `$/progress` notifications follow until the job ends, also after this reply. What cannot be measured (an unknown \
    model, lengths beyond its context) is refused here and starts nothing.
    """
  package static let scheduling = Scheduling.ordered
  package static let card = MethodCard(title: "Start a Benchmark", readOnly: false)

  package typealias Params = BenchmarkRequest
  package static let params = BenchmarkRequest.schema
  package static let reply = JobSnapshot.schema
  package static let examples = [
    Example("A catalogue model at short lengths", BenchmarkRequest.shortExample),
    Example("A model that does not exist", ["model": "no-such-model"], failure: .modelNotFound),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> JobSnapshot {
    try start(params, call)
  }

  /// Checks the request as far as can be told without measuring, and queues the job.
  static func start(_ params: Params, _ call: Call) throws -> JobSnapshot {
    let plan = try call.advisor.planBenchmark(params)
    return try call.jobs.start(progress: call.progress) { cancellation, progress in
      try JSON(encoding: call.advisor.benchmark(plan, cancellation: cancellation, progress: progress))
    }
  }
}
