package import JSON

/// `benchmark/result`: what a finished job measured.
package enum BenchmarkResult: Method {
  package static let name = "benchmark/result"
  package static let summary = "Returns what a finished benchmark job measured."
  package static let discussion = """
    Fails with jobNotFinished while the job waits or runs, and with the job's own failure when it failed or was cancelled.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "Read a Benchmark", readOnly: true)

  package typealias Params = JobReference
  package static let params = JobReference.schema
  package static let reply = BenchmarkRun.reply
  package static let examples = [
    Example("A job that does not exist", ["job": "job-999"], failure: .jobNotFound)
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> JSON {
    try call.jobs.result(params.job)
  }
}
