package import JSON

/// `benchmark/cancel`: end a job.
package enum BenchmarkCancel: Method {
  package static let name = "benchmark/cancel"
  package static let summary = "Ends a benchmark job, whether it waits or runs."
  package static let discussion = """
    The job ends within 100 ms and gives its memory back; ask benchmark/status to see it in the state cancelled. A job \
    that has already ended stays as it is.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "Cancel a Benchmark", readOnly: false)

  package typealias Params = JobReference
  package static let params = JobReference.schema
  package static let reply = JobSnapshot.schema
  package static let examples = [
    Example("A job that does not exist", ["job": "job-999"], failure: .jobNotFound)
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> JobSnapshot {
    try call.jobs.cancel(params.job)
  }
}
