package import TensorFormats

/// A numeric format of weights as one framework offers it: what it costs, what it loses and how it is made.
package struct QuantizationRecord: FactRecord, Hashable {
  package static let file = FactFile("quantizations")
  package static let catalogue = Catalogue(reading: QuantizationRecord.self)

  /// `framework/name`.
  package let id: String
  package let framework: Framework
  package let name: String
  /// The nominal bits of a weight.
  package let weightBits: Int
  /// Bits of a weight in most tensors, scales included.
  package let bitsPerWeight: Double
  package let bitsPerWeightSource: String
  /// Bits per weight of a whole file of Llama-3.1-8B as published, mixed formats included.
  package let fileBitsPerWeight: Double?
  package let fileBitsPerWeightSource: String?
  package let embeddingBitsPerWeight: Double
  package let outputBitsPerWeight: Double
  package let importanceMatrix: ImportanceMatrix
  /// Rows whose length this does not divide are stored at `fallbackBitsPerWeight`.
  package let rowMultiple: Int
  package let fallbackBitsPerWeight: Double?
  /// Weights that share a scale; -1 for a whole channel.
  package let groupSize: Int?
  package let symmetric: Bool?
  /// `cpu`, `gpu`, `npu`; nil: wherever the framework runs.
  package let runsOn: [String]?
  /// Devices, as `vendor-kind`, whose kernels are best for this format.
  package let preferredOn: [String]?
  package let slowOn: [String]?
  /// Share of the F16 rate of bytes per second that decode reached in the published table.
  package let bandwidthShareFraction: Double?
  package let bandwidthShareSource: String?
  package let quality: [Divergence]?
  package let relativeError: [RelativeError]?
  package let benchmark: Benchmark?
  package let use: String
  /// `{repository}`, `{device}` and `{provider}` stand for what the answer fills in.
  package let commands: [String]
  package let commandsSource: String
  package let source: String

  /// Whether calibration data decide how bits are spent.
  package enum ImportanceMatrix: String, Codable, Sendable {
    case none, optional, recommended, required
  }

  /// How far the distribution of the next token moves from the unquantized model's.
  package struct Divergence: Codable, Sendable, Hashable {
    /// Mean Kullback-Leibler divergence in nats.
    package let klDivergence: Double
    package let perplexityIncrease: Double
    package let rmsProbabilityShiftFraction: Double
    package let sameTopTokenFraction: Double?
    package let withImportanceMatrix: Bool
    /// The catalogue name of the model that was measured, or the nearest one.
    package let model: String
    package let source: String
  }

  /// The average relative error of the outputs.
  package struct RelativeError: Codable, Sendable, Hashable {
    package let fraction: Double
    package let method: String
    package let model: String
    package let source: String
  }

  /// The score of a benchmark beside the unquantized model's.
  package struct Benchmark: Codable, Sendable, Hashable {
    package let name: String
    package let score: Double
    package let baseline: Double
    package let model: String
    package let source: String
  }

  /// The block format of most tensors, when GGUF has one of this name.
  package var tensorFormat: TensorFormat? {
    TensorFormat(name: name) ?? TensorFormat(name: String(name.prefix(while: { $0 != "K" })) + "K")
  }
}
