import Evidence
import Knowledge

/// The decision tree of framework selection: vendor hardware first, then one model for many platforms, then enterprise.
struct DecisionTree {
  private(set) var path: [Prepared<PathStep>] = []
  /// The frameworks in which the tree ends, with their points; several when they are to be compared.
  private(set) var leaves: [(framework: Framework, reason: Prepared<Reason>)] = []

  /// Walks the tree for a situation that falls under `rows` of the platform matrix.
  init(_ situation: Situation, rows: [String], wantsCrossPlatform: Bool) {
    path.reserveCapacity(8)
    askForUnknownAccelerators(situation)
    askForNeuralProcessor(situation)
    walk(situation, row: rows.first, wantsCrossPlatform: wantsCrossPlatform)
  }

  private mutating func walk(_ situation: Situation, row: String?, wantsCrossPlatform: Bool) {
    if ask(.apple, row?.hasPrefix("apple") == true) { return end(.mlx) }
    if ask(.intel, row?.hasPrefix("intel") == true) { return end(.openvino) }
    if ask(.nvidia, row == "nvidia-gpu" || row == "jetson") {
      if ask(.manyUsers, situation.wantsServing) {
        if row == "jetson" { return end(.llamaCpp, .vllm) }
        return end(.vllm, .tensorrtLLM)
      }
      return end(.llamaCpp)
    }
    if ask(.edgeTPU, row == "edge-tpu" || row == "embedded-npu") { return end(.litertLM) }
    if row == "windows-arm", ask(.neuralOnWindows, true) { return end(.olive) }
    if row == "android-snapdragon", ask(.snapdragonAlone, !wantsCrossPlatform) { return end(.litertLM) }
    let isEnterprise = situation.goals.workflow == .enterprise
    if ask(.crossPlatform, wantsCrossPlatform || !isEnterprise) {
      let isTextModel =
        (situation.model.kind?.isLanguageModel ?? true)
        && (situation.model.modalities.map { $0.allSatisfy { $0 == .text } } ?? true)
      if ask(.textOnly, isTextModel) { return end(.llamaCpp) }
      return end(.openvino, .olive)
    }
    if ask(.enterprise, isEnterprise) { end(.olive) }
  }

  private mutating func ask(_ node: Node, _ answer: Bool) -> Bool {
    path.append(answer ? node.yes : node.no)
    return answer
  }

  private mutating func end(_ frameworks: Framework...) {
    for (place, framework) in frameworks.enumerated() {
      leaves.append((framework, place == 0 ? Self.first[framework.index] : Self.compared[framework.index]))
    }
  }

  private mutating func askForUnknownAccelerators(_ situation: Situation) {
    guard let accelerators = situation.machine.accelerators else { return }
    for accelerator in accelerators where !accelerator.isKnown {
      path.append(
        Prepared(
          PathStep(
            node: "unknown-accelerator", question: "Has every accelerator a back end in some framework?",
            answer: "no: \(accelerator.title)",
            consequence: "It is reported and left aside; the CPU or GPU does the work.")))
    }
  }

  private mutating func askForNeuralProcessor(_ situation: Situation) {
    guard let accelerator = situation.machine.accelerators?.first(where: { $0.kind == .npu || $0.kind == .vpu }) else {
      path.append(Self.noNeuralProcessor)
      return
    }
    let support = AcceleratorSupport.of(accelerator)
    let consequence =
      if support == nil {
        "No framework listed here drives it with language models: the vendor's own runtime would, for what it supports."
      } else if !situation.suitsStaticShapes {
        "Its static shapes exclude the context or the number of requests that is wanted: GPU or CPU first."
      } else {
        "It is looked at first. \(support?.names ?? "") can drive it."
      }
    path.append(
      Prepared(
        PathStep(
          node: "npu-first", question: "Is there a neural processor?", answer: "yes: \(accelerator.title)",
          consequence: consequence)))
  }

  private static let noNeuralProcessor = Prepared(
    PathStep(
      node: "npu-first", question: "Is there a neural processor?", answer: "none is known",
      consequence: "GPU or CPU do the work."))

  private static let first = leafReasons(points: 20)
  private static let compared = leafReasons(points: 16)

  private static func leafReasons(points: Double) -> [Prepared<Reason>] {
    SelectionTables.shared.entries.map {
      SelectionTables.reason(
        OffDecisionTree.card, points, "The decision tree ends in \($0.record.name).", .published,
        "facts: selection guides")
    }
  }
}

extension Situation {
  /// Whether several requests are to be served at a time.
  var wantsServing: Bool {
    if let requests = goals.concurrentRequests { return requests > 1 }
    return goals.useCase == .serving || goals.useCase == .batch
  }
}
