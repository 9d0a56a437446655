import Advisor
package import JSON

extension Schema {
  /// How fast a model would run.
  package static let speedAnswer = Schema.record(
    "How fast the model would run, and what the prediction is made of.",
    [
      .required("model", .string, "The model."),
      .required("format", .string, "The file type."),
      .required("engine", .string, "The engine."),
      .optional("build", .string, "The build whose calibration was used."),
      .required("machine", .string, "The machine."),
      .required("threads", .integer(1...), "The threads."),
      .optional("adviseThreads", .integer(1...), "More threads than these read memory no faster."),
      .required("promptTokens", .integer(1...), "The prompt's length."),
      .required("depthTokens", .integer(0...), "Tokens in the KV cache before the prompt."),
      .required("batchTokens", .integer(1...), "The most tokens that pass through the layers at once."),
      .required("decodeTokensPerSecond", .quantity, "The rate right after the prompt."),
      .required("prefillTokensPerSecond", .quantity, "The rate of the prompt."),
      .required("timeToFirstTokenSeconds", .quantity, "From the prompt to the choice of the first new token."),
      .required("decodeParts", passTime, "Where the time of a decoded token goes."),
      .required("prefillParts", passTime, "Where the time of the prompt goes."),
      .required("weightBytes", .integer(0...), "Bytes of all weights."),
      .required("bytesReadPerToken", .integer(0...), "Bytes of weights and KV cache that a token reads."),
      .required("decodeBoundBy", .cases(SpeedAnswer.Bound.self), "What bounds decode."),
      .optional("standIn", .string, "How the shape that was computed differs from the model."),
      .required("profile", profileRecord, "What the prediction rests on."),
    ] + closingMembers)

  private static let passTime = Schema.record(
    "The time of a pass, by what takes it.",
    [
      .required("weightSeconds", .number(0...), "Products of weights."),
      .required("attentionSeconds", .number(0...), "The KV cache and attention."),
      .required("otherSeconds", .number(0...), "Loops, norms, activations and roundings."),
    ])

  /// Where a profile comes from, as `ProfileRecord` encodes it.
  package static let profileRecord: Schema = .named(
    "ProfileRecord",
    .record(
      "Where the profile that an answer rests on comes from.",
      [
        .required("state", .cases(ProfileRecord.State.self), "Measured now, stored, given, or only described."),
        .optional("path", .string, "The file that it is kept in."),
        .optional("measuredAt", .string, "When it was measured."),
        .required("remarks", .array(.string), "What should be known about it."),
      ]))
}
