package import Knowledge
package import ModelFiles

/// What has to be known to choose a numeric format.
package struct QuantizationQuestion: Sendable {
  package var model: ModelDescription
  /// What the model takes in any format.
  package var memory: MemoryModel
  /// The model as `model/speed` finds it, by path or name; nil when its speed is not wanted.
  package var reference: String?
  /// How fast the machine is known to be; nil when nothing is.
  package var speed: MachineSpeed?
  /// The Hugging Face repository to convert from, when it is known.
  package var repository: String?
  /// The machine, the goals and what is installed; its model facts are filled in from `model`.
  package var situation: Situation
  /// nil: the one that the unified strategy names for the machine.
  package var framework: Framework?
  /// nil: what the framework would use on the machine.
  package var device: QuantizationDevice?
  /// The context to keep a cache for, in tokens.
  package var contextTokens: Int
  /// Decode rates of this model on this machine in tokens per second, by the name of the format.
  package var measuredDecodeTokensPerSecond: [String: Double]
  /// How many formats the answer lists, at least 1.
  package var limit: Int

  package init(
    model: ModelDescription, memory: MemoryModel, reference: String? = nil, speed: MachineSpeed? = nil,
    repository: String? = nil, situation: Situation = Situation(),
    framework: Framework? = nil, device: QuantizationDevice? = nil, contextTokens: Int = 4096,
    measuredDecodeTokensPerSecond: [String: Double] = [:], limit: Int = 6
  ) {
    self.model = model
    self.memory = memory
    self.reference = reference
    self.speed = speed
    self.repository = repository
    self.situation = situation
    self.framework = framework
    self.device = device
    self.contextTokens = contextTokens
    self.measuredDecodeTokensPerSecond = measuredDecodeTokensPerSecond
    self.limit = limit
  }
}

/// What a model runs on.
package enum QuantizationDevice: String, Codable, Sendable, CaseIterable {
  case cpu, gpu, npu
}
