import Evidence

/// Merges the remedies of the likeliest causes into one order of steps.
enum ResolutionPlan {
  private static let causeLimit = 5
  private static let askLimit = 4

  /// The steps: settle what is open, try the remedies in the order of their causes, and escalate when none helps.
  static func steps(_ causes: [DiagnosedCause], framework: String?) -> [ResolutionStep] {
    guard !causes.isEmpty else { return [] }
    var steps: [ResolutionStep] = []
    func add(_ codes: [String], _ action: String, _ commands: [String], _ verify: NextStep) {
      if let same = steps.firstIndex(where: { $0.action == action }) {
        steps[same].causes += codes.filter { !steps[same].causes.contains($0) }
        steps[same].commands += commands.filter { !steps[same].commands.contains($0) }
        return
      }
      steps.append(
        ResolutionStep(order: steps.count + 1, causes: codes, action: action, commands: commands, verify: verify))
    }

    let found = causes.filter { $0.standing == .found }
    if found.first.map({ $0.confidenceFraction < 0.5 }) ?? true {
      for cause in causes.prefix(askLimit) {
        for fact in cause.missing.prefix(2) {
          add(
            [cause.code], "Find out \(fact.what). \(fact.how)", [],
            NextStep(purpose: "Explain again with what you found.", method: "diagnosis/explain"))
        }
      }
    }
    // Beside a likely cause the unlikely ones, such as lines that only follow from it, would bury its steps.
    let likely = found.filter { $0.confidenceFraction >= 0.5 }
    let tried = found.isEmpty ? causes.prefix(2) : likely.isEmpty ? found.prefix(3) : likely.prefix(causeLimit)
    for cause in tried {
      for remedy in cause.remedies.prefix(2) {
        // One step each, and the commands with the last: a card's commands follow the order of its steps.
        let paired = remedy.steps.count == remedy.commands.count
        for (index, action) in remedy.steps.enumerated() {
          let isLast = index == remedy.steps.count - 1
          let commands = paired ? [remedy.commands[index]] : isLast ? remedy.commands : []
          add([cause.code], action, commands, remedy.verify)
        }
      }
    }
    let codes = causes.prefix(causeLimit).map(\.code)
    let project = framework ?? "the framework"
    add(
      codes,
      "If none of this helps, hand it to a person: the log from its first line, the exact command, the versions, and this answer, to the issue tracker of \(project).",
      [], NextStep(purpose: "Describe the machine for the report.", method: "hardware/assess"))
    return steps
  }
}
