package import JSON

/// Parameters that name a job.
package struct JobReference: Codable, Sendable {
  package let job: String

  package static let schema: Schema = .object(
    "A job by its handle.",
    [.required("job", .string(length: 1...64), "The handle that benchmark/start returned, such as job-1.")])
}
