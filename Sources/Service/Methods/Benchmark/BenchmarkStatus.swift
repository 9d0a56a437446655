package import JSON

/// `benchmark/status`: how far a job is.
package enum BenchmarkStatus: Method {
  package static let name = "benchmark/status"
  package static let summary = "Shows how far a benchmark job is."
  package static let discussion = """
    Never waits. While a job is queued, `ahead` says how many measurements have to finish first: the machine is \
    measured by one job at a time.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "Watch a Benchmark", readOnly: true)

  package typealias Params = JobReference
  package static let params = JobReference.schema
  package static let reply = JobSnapshot.schema
  package static let examples = [
    Example("A job that does not exist", ["job": "job-999"], failure: .jobNotFound)
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> JobSnapshot {
    try call.jobs.snapshot(params.job)
  }
}
