package import Inference
package import Kernels

/// What to measure: one model on this machine, at given lengths.
package struct BenchmarkRequest: Codable, Sendable, Hashable {
  /// A path or a catalogue name; nil takes `defaultModel`.
  package var model: String?
  /// The file type of the synthetic weights of a catalogue model, such as `Q4_0`; refused for a file, which has its own.
  package var quantization: String?
  /// Tokens of the prompt whose prefill is measured; 0 measures none.
  package var promptTokens: Int?
  /// Tokens of one generation whose decoding is measured; 0 measures none.
  package var generateTokens: Int?
  /// Tokens that are already in the KV cache before prompt and generation.
  package var depthTokens: Int?
  /// Kernel threads; nil takes the physical cores that this process may use.
  package var threads: Int?
  /// How the KV cache stores numbers; nil takes F16.
  package var cacheFormat: CellFormat?
  /// The most tokens that prefill passes through the layers at once.
  package var batchTokens: Int?
  /// Where the weights of a file lie; nil copies them when there is memory for it.
  ///
  /// Refused for a catalogue model.
  package var weights: WeightPlacement?
  /// Half the 80 % interval of the median over the median at which sampling ends.
  package var targetSpreadFraction: Double?
  /// The most prompts, and the most generations, that are measured.
  package var maximumRepetitions: Int?
  /// The time that prefill and decoding samples may take together, in seconds; loading is not counted.
  package var timeLimitSeconds: Double?
  /// The memory that distinct synthetic layers may take before layers repeat.
  package var workingSetBytes: Int?

  package init(model: String? = nil, quantization: String? = nil) {
    self.model = model
    self.quantization = quantization
  }

  /// The model that is measured when none is named: the smallest Llama that people deploy.
  package static let defaultModel = "llama-3.2-1b"
  /// The file type of synthetic weights when none is named.
  package static let defaultQuantization = "Q4_K_M"
  /// The formats that a KV cache may have.
  package static let cacheFormats = CellFormat.allCases.map(\.rawValue)
  package static let defaultCacheFormat = CellFormat.f16
  package static let defaultBatchTokens = 512
  /// The places where the weights of a file may lie.
  package static let weightPlacements = WeightPlacement.allCases.map(\.rawValue)
  package static let defaultPromptTokens = 512
  package static let defaultGenerateTokens = 128
  package static let defaultTargetSpreadFraction = 0.02
  package static let defaultMaximumRepetitions = 10
  package static let defaultTimeLimitSeconds = 30.0
}
