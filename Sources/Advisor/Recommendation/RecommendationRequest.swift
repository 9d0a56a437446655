package import Knowledge

/// What is wanted of a model, and on which machine.
package struct RecommendationRequest: Codable, Sendable, Hashable {
  /// A path or a catalogue name; nil takes `BenchmarkRequest.defaultModel`.
  package var model: String?
  /// nil takes this machine.
  package var machine: MachineReference?
  package var priority: Priority?
  /// The context wanted, in tokens.
  package var contextTokens: Int?
  /// The most memory that the model may take.
  package var memoryLimitBytes: Int?
  /// The rate at which tokens must come.
  package var decodeTokensPerSecond: Double?
  /// How soon the first token must come after a prompt of `promptTokens`.
  package var timeToFirstTokenSeconds: Double?
  /// The length of a typical prompt.
  package var promptTokens: Int?
  package var workflow: Situation.Workflow?
  package var useCase: Situation.UseCase?
  package var requirements: RequirementWeights?
  /// The time that measuring may take.
  package var budgetSeconds: Double?
  /// Whether to answer from facts alone, at once.
  package var quick: Bool?

  package init(model: String? = nil) { self.model = model }

  package static let defaultBudgetSeconds = 20.0
  package static let defaultContextTokens = 4096
  package static let defaultPromptTokens = 512

  /// What counts most when not everything can be had.
  package enum Priority: String, Codable, Sendable, CaseIterable {
    case balanced, speed, quality, memory

    /// The accuracy that the priority asks of a quantization.
    var accuracy: Situation.AccuracyGoal {
      switch self {
      case .balanced, .speed: .balanced
      case .quality: .highest
      case .memory: .smallest
      }
    }
  }
}
