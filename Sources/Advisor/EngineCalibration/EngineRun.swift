/// What an engine reached with one model and one number of threads.
struct EngineRun: Hashable {
  let threads: Int
  /// The prompt that ran: shorter than asked for when the engine would have taken minutes.
  let promptTokens: Int
  /// Tokens a second of each repetition.
  let decode: [Double]
  let prefill: [Double]
  /// The build, as it names itself.
  let build: String

  /// The middle of the repetitions.
  var decodeTokensPerSecond: Double { decode.sorted().middle ?? 0 }
  var prefillTokensPerSecond: Double { prefill.sorted().middle ?? 0 }
}

extension [Double] {
  /// The middle of a sorted list; nil of an empty one.
  var middle: Double? {
    isEmpty ? nil : (self[(count - 1) / 2] + self[count / 2]) / 2
  }
}
