package import Inference
package import Tokenization

/// A request for text that was checked as far as can be told without running the model.
package struct GenerationPlan: Sendable {
  /// Where the weights come from, and the threads.
  package var benchmark: BenchmarkPlan
  /// nil when the model has no tokenizer that can be used, and the prompt came as ids.
  package var tokenizer: Tokenizer?
  package var prompt: [Int]
  package var tokenizeSeconds: Double?
  /// The chat format that was put around messages.
  package var chatTemplate: String?
  package var maxTokens: Int
  package var contextTokens: Int
  package var sampling: SamplingOptions
  package var stop: [String]
  package var warnings: [String]
}
