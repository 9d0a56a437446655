package import Knowledge
package import ModelFiles

/// A recommendation from facts, before anything is measured.
package struct RecommendationDraft: Sendable {
  package var request: RecommendationRequest
  package var model: ModelDescription
  /// What the model takes in any format.
  package var memory: MemoryModel
  /// How fast the machine is known to be.
  package var speed: MachineSpeed
  package var repository: String?
  package var known: KnownMachine
  package var situation: Situation
  package var contextTokens: Int
  package var frameworks: FrameworkAnswer
  package var quantizations: QuantizationAnswer

  /// Whether measuring here would tell about the machine that was asked about, and was not declined.
  package var shouldMeasure: Bool { known.isHere && request.quick != true }
  /// The model as it was named.
  var reference: String { request.model ?? BenchmarkRequest.defaultModel }
  /// The length of a typical prompt.
  package var promptTokens: Int { request.promptTokens ?? RecommendationRequest.defaultPromptTokens }
}

extension Advisor {
  /// How many formats are ranked, so that some that the kernels can run are among them.
  static let rankedFormats = 24

  /// Finds model and machine, and ranks frameworks and formats by facts.
  package func draftRecommendation(_ request: RecommendationRequest) throws(Refusal) -> RecommendationDraft {
    let reference = request.model ?? BenchmarkRequest.defaultModel
    let model = try describe(model: reference)
    var repository: String?
    if case .catalogue(let entry) = try locate(model: reference) { repository = entry.repository }
    let known = try machine(request.machine)
    let context = try Self.context(request, model)
    var situation = Situation()
    situation.machine = Situation.Machine(known.machine)
    situation.software = Situation.Software(known.machine)
    situation.model = Situation.Model(model)
    situation.goals.accuracy = (request.priority ?? .balanced).accuracy
    situation.goals.workflow = request.workflow
    situation.goals.useCase = request.useCase
    situation.goals.contextLength = context
    situation.goals.memoryLimitBytes = request.memoryLimitBytes
    situation.goals.decodeTokensPerSecond = request.decodeTokensPerSecond
    situation.goals.timeToFirstTokenSeconds = request.timeToFirstTokenSeconds
    let frameworks = selectFramework(
      FrameworkQuestion(situation: situation, requirements: request.requirements ?? RequirementWeights(), limit: 3))
    let memory = try MemoryModels.shared.model(reference, advisor: self)
    let speed = try machineSpeed(request.machine, known)
    let quantizations = adviseQuantization(
      QuantizationQuestion(
        model: model, memory: memory, reference: reference, speed: speed, repository: repository, situation: situation,
        framework: frameworks.candidates.first?.framework,
        contextTokens: context, limit: Self.rankedFormats))
    return RecommendationDraft(
      request: request, model: model, memory: memory, speed: speed, repository: repository, known: known,
      situation: situation,
      contextTokens: context, frameworks: frameworks, quantizations: quantizations)
  }

  private static func context(_ request: RecommendationRequest, _ model: ModelDescription) throws(Refusal) -> Int {
    let longest = model.hyperparameters.contextTokens
    guard let wanted = request.contextTokens else {
      return min(RecommendationRequest.defaultContextTokens, longest ?? .max)
    }
    if let longest, wanted > longest {
      throw Refusal(
        .invalidRequest,
        "contextTokens \(wanted) is beyond the \(longest) tokens that \(model.name) was made for; ask for \(longest) at "
          + "most, or for another model")
    }
    return wanted
  }
}
