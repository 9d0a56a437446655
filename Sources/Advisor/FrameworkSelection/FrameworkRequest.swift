package import Knowledge

/// A question about frameworks as a caller asks it: the machine and the model by name.
package struct FrameworkRequest: Codable, Sendable, Hashable {
  package var machine: MachineReference?
  /// A path or a name of the catalogue.
  package var model: String?
  /// The kind of model, when none is named.
  package var modelKind: Situation.ModelKind?
  /// What the model takes in, when none is named.
  package var modalities: [Situation.Modality]?
  package var requirements: RequirementWeights?
  package var workflow: Situation.Workflow?
  package var useCase: Situation.UseCase?
  package var contextTokens: Int?
  package var concurrentRequests: Int?
  /// How many candidates to spell out.
  package var limit: Int?

  package init() {}

  /// The values of the closed fields, for their schemas.
  package static let modelKinds = Situation.ModelKind.allCases.map(\.rawValue)
  package static let modalities = Situation.Modality.allCases.map(\.rawValue)
  package static let workflows = Situation.Workflow.allCases.map(\.rawValue)
  package static let useCases = Situation.UseCase.allCases.map(\.rawValue)
  package static let frameworks = Framework.allCases.map(\.rawValue)
  package static let purposes = FrameworkRecord.Purpose.allCases.map(\.rawValue)
  package static let defaultLimit = 3
}

extension Advisor {
  /// Looks the machine and the model up and ranks the frameworks for them.
  ///
  /// - Throws: `machineUnknown` and `modelNotFound` with the nearest names, and what reading a model file refuses.
  package func selectFramework(_ request: FrameworkRequest) throws(Refusal) -> FrameworkAnswer {
    let known = try machine(request.machine)
    var question = FrameworkQuestion(limit: request.limit ?? FrameworkRequest.defaultLimit)
    question.requirements = request.requirements ?? RequirementWeights()
    question.situation.machine = Situation.Machine(known.machine)
    question.situation.software = Situation.Software(known.machine)
    if let model = request.model {
      question.situation.model = Situation.Model(try describe(model: model))
    }
    if let kind = request.modelKind { question.situation.model.kind = kind }
    if let modalities = request.modalities { question.situation.model.modalities = modalities }
    question.situation.goals.workflow = request.workflow
    question.situation.goals.useCase = request.useCase
    question.situation.goals.contextLength = request.contextTokens
    question.situation.goals.concurrentRequests = request.concurrentRequests
    var answer = selectFramework(question)
    answer.assumptionList.prepend(known.assumptions)
    return answer
  }
}
