package import Advisor
package import JSON

/// `benchmark/run`: measure and wait.
package enum BenchmarkRun: Method {
  package static let name = "benchmark/run"
  package static let summary = "Measures how fast a model runs on this machine, and waits for the result."
  package static let discussion = """
    The same as benchmark/start followed by benchmark/result. Cancelling the request cancels the job. Callers whose \
    clients give up on slow requests use benchmark/start.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Run a Benchmark", readOnly: false)

  package typealias Params = BenchmarkRequest
  package static let params = BenchmarkRequest.schema
  package static let reply = BenchmarkReport.schema
  package static let examples = [
    Example("A catalogue model at short lengths", BenchmarkRequest.shortExample, shows: ["/model/source": "synthetic"]),
    Example("A model that does not exist", ["model": "no-such-model"], failure: .modelNotFound),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> JSON {
    let job = try BenchmarkStart.start(params, call)
    try await call.jobs.wait(job.job)
    return try call.jobs.result(job.job)
  }
}
