package import JSON

/// `benchmark/list`: the jobs that are remembered.
package enum BenchmarkList: Method {
  package static let name = "benchmark/list"
  package static let summary = "Lists the benchmark jobs that run, wait, or ended lately."
  package static let discussion = """
    Oldest first. The latest \(JobTable.finishedLimit) jobs that ended are remembered for as long as the process lives.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "List Benchmarks", readOnly: true)

  package struct Params: Codable, Sendable {}
  package struct Reply: Codable, Sendable {
    package let jobs: [JobSnapshot]
  }

  package static let params: Schema = .object("No parameters.", [])
  package static let reply: Schema = .record(
    "The jobs, oldest first.", [.required("jobs", .array(JobSnapshot.schema), "The jobs, oldest first.")])
  package static let examples = [Example("Every job that is remembered", [:])]

  package static func run(_ params: Params, _ call: Call) async throws -> Reply {
    Reply(jobs: call.jobs.list())
  }
}
