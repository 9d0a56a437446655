import Evidence
import JSON
import Knowledge

/// What a choice of framework took for granted.
enum SelectionAssumptions {
  static func assumptions(_ question: FrameworkQuestion, row: String?) -> PreparedList<Assumption> {
    let situation = question.situation
    var assumptions = PreparedList<Assumption>()
    if row == nil { assumptions.append(unknownMachine) }
    if situation.machine.operatingSystem == nil { assumptions.append(unknownSystem) }
    if situation.machine.accelerators == nil { assumptions.append(unknownAccelerators) }
    if situation.model.kind == nil { assumptions.append(textModel) }
    if situation.goals.concurrentRequests == nil, situation.goals.useCase == nil { assumptions.append(oneUser) }
    if question.requirements.weighted.isEmpty { assumptions.append(noRequirements) }
    if situation.machine.accelerators?.contains(where: { $0.kind == .npu }) == true,
      situation.goals.contextLength == nil
    {
      assumptions.append(shortContext)
    }
    assumptions.append(points)
    return assumptions
  }

  private static let unknownMachine = Prepared(
    Assumption(
      what: "Nothing is known of the machine's processor.",
      effect: "The platform matrix says nothing; name a platform or call hardware/assess."))
  private static let unknownSystem = Prepared(
    Assumption(
      what: "The operating system is not known; Linux commands are shown.",
      effect: "No framework was ruled out for want of a build."))
  private static let unknownAccelerators = Prepared(
    Assumption(
      what: "No accelerator was named.", effect: "A GPU or NPU would change the first choice."))
  private static let textModel = Prepared(
    Assumption(
      what: "The model is taken to be a language model for text.",
      effect: "Image, audio or vision models rule some frameworks out."))
  private static let oneUser = Prepared(
    Assumption(
      what: "One request at a time.", effect: "Many users favor servers that batch: vLLM, TensorRT-LLM, OpenVINO."))
  private static let noRequirements = Prepared(
    Assumption(
      what: "No requirement was weighted.", effect: "Weights for the requirement matrix move scores by up to 30 points."
    ))
  private static let shortContext = Prepared(
    Assumption(
      what: "The prompt stays within 1024 tokens, the NPU's default.",
      effect: "A longer context moves the work to the GPU or CPU; give goals.contextLength."))
  private static let points = Prepared(
    Assumption(
      what: "Points: platform matrix up to 30, decision tree 20, requirements 30, workflow 12, use case 10.",
      effect: "The points are a convention, not a measurement: measure the first two candidates when they are close."))
}

/// What to do after a choice of framework.
enum SelectionNextSteps {
  /// What to do when no framework can be named.
  static let describeMachine = PreparedList([
    Prepared(
      NextStep(
        purpose: "Describe the machine and the model, so that a framework can be named.", method: "hardware/assess"))
  ])

  private static let unnamed = Framework.allCases.map { make($0, model: nil) }

  static func steps(_ framework: Framework, model: String?) -> PreparedList<NextStep> {
    model == nil ? unnamed[framework.index] : make(framework, model: model)
  }

  private static func make(_ framework: Framework, model: String?) -> PreparedList<NextStep> {
    PreparedList([
      Prepared(
        NextStep(
          purpose: "Choose the quantization for it.", method: "quantization/advise",
          params: model.map { ["framework": .string(framework.rawValue), "model": .string($0)] }
            ?? ["framework": .string(framework.rawValue)]))
    ])
  }
}
