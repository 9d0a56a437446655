package import JSON

/// A job at one moment, as the wire shows it.
package struct JobSnapshot: Codable, Sendable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case queued, running, done, failed, cancelled

    /// Whether the job will never change again.
    package var isFinal: Bool { self == .done || self == .failed || self == .cancelled }
  }

  package struct Problem: Codable, Sendable {
    package let name: String
    package let message: String
  }

  /// The handle by which later calls name the job.
  package let job: String
  package let state: State
  /// How many measurements have to finish before this one starts; present while it is queued.
  package let ahead: Int?
  package let phase: String
  /// How much of the whole job is done, 0...1; never decreases.
  package let fraction: Double
  package let message: String
  /// When the job was accepted, as an RFC 3339 time.
  package let createdAt: String
  package let startedAt: String?
  package let finishedAt: String?
  /// Why the job failed; present in that state alone.
  package let problem: Problem?

  package static let schema: Schema = .named(
    "Job",
    .record(
      "A measurement that was started and can be watched, cancelled and read later.",
      [
        .required("job", .string, "The handle by which later calls name the job."),
        .required("state", .cases(State.self), "Where the job is in its life."),
        .optional("ahead", .integer(0...), "How many measurements have to finish before this one starts."),
        .required("phase", .string, "What the job is doing."),
        .required("fraction", .number(0...1), "How much of the whole job is done; never decreases."),
        .required("message", .string, "The phase in words, with its figures."),
        .required("createdAt", .string, "When the job was accepted (RFC 3339)."),
        .optional("startedAt", .string, "When it got the machine (RFC 3339)."),
        .optional("finishedAt", .string, "When it ended (RFC 3339)."),
        .optional(
          "problem",
          .record(
            "Why a job failed.",
            [
              .required("name", .string, "The stable name of the failure."),
              .required("message", .string, "What happened and what to do."),
            ]), "Why the job failed."),
      ]))
}
