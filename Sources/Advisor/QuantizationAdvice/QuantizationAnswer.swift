package import Evidence
package import Knowledge

/// Which numeric format to use, why, what it costs and how it is made.
package struct QuantizationAnswer: Codable, Sendable, Hashable {
  package var framework: Framework
  package var device: QuantizationDevice
  /// The unified strategy's default, before model, memory and accuracy refine it.
  package var strategy: StrategyNote
  package var memory: MemoryBudget
  /// The best first; those that do not fit come last.
  package var formats: [FormatAdvice]
  /// What would fit when nothing does; nil when something fits, or memory is not known.
  package var wouldFit: WouldFit?
  package var cacheFormats: [CacheAdvice]
  package var importanceMatrix: ImportanceMatrixAdvice
  package var corrections: [CorrectionNote]
  package var assumptions: [Assumption]
  package var next: [NextStep]
}

/// What the unified strategy says.
package struct StrategyNote: Codable, Sendable, Hashable {
  package var framework: Framework
  package var quantization: String
  package var because: String
}

/// The memory that weights, cache and buffers share.
package struct MemoryBudget: Codable, Sendable, Hashable {
  /// nil when nothing is known of the machine's memory.
  package var availableBytes: Int?
  package var source: String
  package var contextTokens: Int
}

/// A numeric format for the model on the machine.
package struct FormatAdvice: Codable, Sendable, Hashable {
  /// The id in the catalogue, `framework/name`.
  package var id: String
  package var format: String
  /// The sum of the weights of the reasons.
  package var score: Double
  /// nil when the memory is not known.
  package var fits: Bool?
  package var weightBytes: Quantity
  /// Weights, cache at the context wanted, and buffers.
  package var totalBytes: Quantity
  /// The longest context with which it fits, in tokens; nil when memory is not known or it does not fit.
  package var longestContextTokens: Int?
  package var quality: QualityNote
  /// nil when the memory bandwidth is not known.
  package var decodeTokensPerSecond: Quantity?
  package var reasons: [Reason]
  package var commands: [String]
}

/// How much a format is known to lose.
package struct QualityNote: Codable, Sendable, Hashable {
  package var loss: Loss
  /// Mean Kullback-Leibler divergence in nats of the next token against the unquantized model.
  package var klDivergence: Quantity?
  package var perplexityIncrease: Quantity?
  /// The score of a published benchmark over the unquantized model's.
  package var scoreKeptFraction: Quantity?
  /// The average relative error of the outputs.
  package var relativeErrorFraction: Quantity?
  package var because: String

  /// Bands of the divergence: below 0.01, 0.05, 0.15, 0.5 nats, and above.
  package enum Loss: String, Codable, Sendable, CaseIterable {
    case none, negligible, small, moderate, large, severe
    /// Nothing is published for the format.
    case unknown
  }
}

/// What would fit where the model does not.
package struct WouldFit: Codable, Sendable, Hashable {
  /// What the smallest format lacks.
  package var missingBytes: Int
  package var smallestFormat: String
  /// Names of the catalogue whose weights and cache fit in the strategy's default format, the largest first.
  package var models: [String]
  package var because: String
}

/// A numeric format of the key-value cache.
package struct CacheAdvice: Codable, Sendable, Hashable {
  package var format: String
  package var recommended: Bool
  package var cacheBytes: Quantity?
  package var klDivergence: Quantity?
  /// The flags that choose it; empty for the default.
  package var options: String
  package var because: String
}

/// Whether to make an importance matrix.
package struct ImportanceMatrixAdvice: Codable, Sendable, Hashable {
  /// `none`, `optional`, `recommended` or `required`, for the first format.
  package var need: String
  package var because: String
  package var commands: [String]
}
