extension Situation {
  /// What the user wants of the model on the machine.
  package struct Goals: Codable, Sendable, Hashable {
    package var workflow: Workflow?
    package var useCase: UseCase?
    package var accuracy: AccuracyGoal?
    /// How much of the unquantized model's score must be kept.
    package var accuracyKeptFraction: Double?
    /// The context wanted, in tokens.
    package var contextLength: Int?
    /// Requests that are served at the same time.
    package var concurrentRequests: Int?
    /// The most memory that may be used.
    package var memoryLimitBytes: Int?
    package var latencySeconds: Double?
    package var timeToFirstTokenSeconds: Double?
    package var decodeTokensPerSecond: Double?
    package var requestsPerSecond: Double?

    package init() {}
  }

  package enum Workflow: String, Codable, Sendable, CaseIterable {
    case prototyping, production, enterprise
  }

  package enum UseCase: String, Codable, Sendable, CaseIterable {
    case chat, coding, agents, retrieval, vision, speech, batch, serving, mobileApp, embeddedDevice
  }

  package enum AccuracyGoal: String, Codable, Sendable, CaseIterable {
    /// As good as the unquantized model.
    case highest
    case balanced
    /// As small as stays usable.
    case smallest
  }
}
