/// Which formats and contexts of a model fit a machine, and how fast they would be.
package struct FitQuestion: Sendable, Hashable {
  /// A path or a name of the catalogue.
  package var model: String
  /// nil for the machine that runs this process.
  package var machine: MachineReference?
  /// nil for the one that runs files like the model's, llama.cpp unless they are another's.
  package var engine: SpeedEngine?
  /// nil for the common ones; for a model's files their own, and the common ones too where they are not quantized.
  package var formats: [String]?
  /// nil for some up to the model's own.
  package var contexts: [Int]?
  /// The prompt whose time to first token is shown.
  package var promptTokens = SpeedQuestion.defaultPromptTokens
  package var threads: Int?
  /// The most memory that the model may take; nil for what is usable on the machine.
  package var memoryLimitBytes: Int?
  /// The decode rate that a recommended row has at least; nil for any.
  package var wantedTokensPerSecond: Double?

  package init(model: String) { self.model = model }

  package static let defaultFormats = ["F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "Q3_K_M", "Q2_K"]
  package static let defaultContexts = [4096, 16384, 65536]
}
