package import Evidence
package import Inference
package import Kernels

/// What a model said, and how long it took.
package struct GenerationReport: Codable, Sendable {
  package var model: BenchmarkReport.MeasuredModel
  package var threads: Int
  /// The instruction-set tier of the kernels that ran.
  package var kernelTier: String
  /// The prompt as the model read it.
  package var promptTokens: [Int]
  /// The chat format that was put around messages.
  package var chatTemplate: String?
  /// The answer without what ended it; nil when the model has no tokenizer.
  package var text: String?
  /// The tokens of the answer, the one that ended it included.
  package var tokens: [Int]
  package var stopReason: StopReason
  /// The text that ended the answer, when one did.
  package var stoppedBy: String?
  package var sampling: SamplingOptions
  package var contextTokens: Int
  /// The most tokens of the prompt that passed through the layers at once.
  package var batchTokens: Int
  /// How the KV cache stored numbers.
  package var cacheFormat: CellFormat
  package var timings: Timings
  package var memory: BenchmarkReport.MemoryUse
  /// What makes text or figures doubtful, as sentences.
  package var warnings: [String]

  /// Why no more tokens came.
  package enum StopReason: String, Codable, Sendable, CaseIterable {
    /// The model said that it has finished.
    case endOfText
    /// One of the texts that end the answer came.
    case stopText
    case maxTokens
    case contextFull
  }

  package struct Timings: Codable, Sendable {
    /// Reading the file and copying its weights, or making them.
    package var loadSeconds: Double
    /// Reading the vocabulary and encoding the prompt; nil when the prompt came as ids.
    package var tokenizeSeconds: Double?
    package var prefillTokensPerSecond: Quantity
    /// From the start of prefill to the choice of the first token.
    package var timeToFirstTokenSeconds: Quantity
    /// nil for fewer than two tokens.
    package var decodeTokensPerSecond: Quantity?
    package var totalSeconds: Double
  }
}
