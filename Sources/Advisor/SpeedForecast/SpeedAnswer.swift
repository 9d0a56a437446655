package import Evidence

/// How fast a model would run, and what the prediction is made of.
package struct SpeedAnswer: Codable, Sendable, Hashable {
  package var model: String
  package var format: String
  package var engine: String
  /// The build whose calibration was used; nil where there is none.
  package var build: String?
  package var machine: String
  package var threads: Int
  /// More threads than these read memory no faster.
  package var adviseThreads: Int?
  package var promptTokens: Int
  package var depthTokens: Int
  package var batchTokens: Int
  /// Right after the prompt.
  package var decodeTokensPerSecond: Quantity
  package var prefillTokensPerSecond: Quantity
  /// From the call with the prompt to the choice of the first new token, weights in memory.
  package var timeToFirstTokenSeconds: Quantity
  /// Where the time of one decoded token goes.
  package var decodeParts: PassTime
  /// Where the time of the prompt goes.
  package var prefillParts: PassTime
  package var weightBytes: Int
  /// Bytes of weights and KV cache that one token reads after the prompt.
  package var bytesReadPerToken: Int
  /// Whether reading memory or computing bounds decode.
  package var decodeBoundBy: Bound
  /// How the shape that was computed differs from the model; nil when it does not.
  package var standIn: String?
  package var profile: ProfileRecord
  package var assumptions: [Assumption]
  package var next: [NextStep]

  package enum Bound: String, Codable, Sendable, CaseIterable {
    case memory
    case compute
    /// Starting and joining operations, of small models.
    case overhead
  }
}
