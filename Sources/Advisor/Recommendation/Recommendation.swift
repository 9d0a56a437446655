package import Evidence

/// How to run a model on a machine: the answer to the main question in one value.
package struct Recommendation: Codable, Sendable {
  /// The answer in a sentence or two.
  package var summary: String
  package var basis: Basis
  package var model: ModelNote
  package var machine: MachineNote
  /// Whether the recommended format fits the memory at the context; nil when the memory is not known.
  package var fits: Bool?
  /// The first choice, with the reasons; nil when every framework is ruled out.
  package var framework: FrameworkCandidate?
  package var otherFrameworks: [FrameworkCandidate]
  package var ruledOutFrameworks: [RuledOutFramework]
  /// The way through the decision tree.
  package var path: [PathStep]
  /// The first choice, with the reasons; nil when the framework has no known format.
  package var quantization: FormatAdvice?
  package var otherQuantizations: [FormatAdvice]
  /// What would fit when nothing does.
  package var wouldFit: WouldFit?
  package var settings: RunSettings
  package var expected: Expectation
  /// What was measured for this answer, by Edgewise's own kernels; empty in an answer from facts.
  package var measured: [MeasuredFormat]
  /// Commands in the order in which to run them.
  package var commands: [NextStep]
  package var warnings: [String]
  package var corrections: [CorrectionNote]
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// What the answer rests on.
  package enum Basis: String, Codable, Sendable, CaseIterable {
    /// The top candidates were run on this machine.
    case measured
    /// Facts and arithmetic alone.
    case facts
  }

  package struct ModelNote: Codable, Sendable {
    package var name: String
    package var source: String
    package var architecture: String?
    package var parameterCount: Int?
    package var contextTokens: Int?
  }

  package struct MachineNote: Codable, Sendable {
    package var name: String
    package var isThisMachine: Bool
    package var cpuModel: String?
    package var architecture: String
    package var usableCores: Int?
    package var usableMemoryBytes: Int?
    package var accelerators: [String]
    package var readBandwidthBytesPerSecond: Quantity?
  }

  /// How to set up the run.
  package struct RunSettings: Codable, Sendable {
    package var contextTokens: Int
    /// The longest context that fits; nil when the memory is not known.
    package var longestContextTokens: Int?
    /// Threads for decoding; nil when the machine's cores are not known.
    package var threads: Int?
    /// Threads for prefill, which more threads always help up to the cores.
    package var batchThreads: Int?
    package var threadsBecause: String
    /// The format of the KV cache.
    package var cacheFormat: String
    package var cacheBecause: String
  }

  /// What to expect of the recommended choice.
  package struct Expectation: Codable, Sendable {
    package var decodeTokensPerSecond: Quantity?
    package var prefillTokensPerSecond: Quantity?
    /// The prompt that `timeToFirstTokenSeconds` is for.
    package var promptTokens: Int
    package var timeToFirstTokenSeconds: Quantity?
    package var memoryBytes: Quantity?
    /// Each target that was set, and whether it is met.
    package var targets: [TargetCheck]
  }

  package struct TargetCheck: Codable, Sendable {
    package var target: String
    package var wanted: Double
    package var expected: Double?
    /// nil when nothing is known about it.
    package var isMet: Bool?
  }

  /// A format that was run.
  package struct MeasuredFormat: Codable, Sendable {
    package var format: String
    /// Whether the weights were those of the file.
    package var isFile: Bool
    package var threads: Int
    package var kernelTier: String
    package var decodeTokensPerSecond: Quantity?
    package var prefillTokensPerSecond: Quantity?
    package var promptTokens: Int
    package var bandwidthCeilingFraction: Double?
    package var notes: [String]
  }
}
