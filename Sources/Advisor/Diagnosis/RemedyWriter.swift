import Evidence
import Knowledge

/// Turns the remedies of rules and messages into steps of an answer, with what is known filled in.
struct RemedyWriter: Sendable {
  let situation: Situation
  let naming: FrameworkNaming?

  /// The remedies of a rule: those for the framework first, then those for all; without a framework every one.
  func remedies(_ card: RuleCard) -> [DiagnosisRemedy] {
    var wanted = card.remedies
    if let framework = naming?.framework {
      let own = wanted.filter { $0.framework == framework }
      let general = wanted.filter { $0.framework == nil }
      // Ollama runs llama.cpp inside, but has options of its own; where a card has neither, all are better than none.
      if !(own + general).isEmpty { wanted = own + general }
    }
    return wanted.map { remedy in
      let verify = remedy.verify ?? "Describe the situation again: \(card.code) no longer shows."
      return DiagnosisRemedy(
        framework: remedy.framework?.rawValue, steps: remedy.steps, commands: (remedy.commands ?? []).map(fill),
        expectedEffect: "\(card.code) no longer holds: \(card.summary)",
        verify: NextStep(purpose: verify, method: Self.method(in: verify) ?? "diagnosis/explain"))
    }
  }

  /// The remedy of a known message.
  func remedies(_ symptom: Symptom) -> [DiagnosisRemedy] {
    let isText = symptom.match != "concept"
    let purpose =
      isText
      ? "Run the same command again and give its log: the text \"\(symptom.pattern)\" is gone."
      : "Try the same again and describe it: \(symptom.id) is no longer named."
    return [
      DiagnosisRemedy(
        framework: symptom.framework, steps: symptom.fixSteps, commands: [],
        expectedEffect: isText ? "The message does not come back." : "What was described does not happen again.",
        verify: NextStep(purpose: purpose, method: "diagnosis/explain"))
    ]
  }

  /// The command with the holes filled that the situation has something for.
  func fill(_ command: String) -> String {
    var values: [(String, String)] = []
    if let model = situation.model.path ?? situation.model.name { values.append(("{model}", model)) }
    if let repository = situation.model.repository { values.append(("{repository}", repository)) }
    if let cores = situation.machine.performanceCores ?? situation.machine.physicalCores {
      values.append(("{performance-cores}", "\(cores)"))
      values.append(("{cores-minus-one}", "\(max(1, cores - 1))"))
    }
    if let cores = situation.machine.physicalCores { values.append(("{physical-cores}", "\(cores)")) }
    if let quota = situation.machine.cpuQuotaCores, quota >= 1, quota < 1e6 {
      values.append(("{quota}", "\(Int(quota))"))
    }
    if let context = situation.model.contextLength { values.append(("{training-context}", "\(context)")) }
    return values.reduce(command) { text, value in Self.replace(value.0, by: Self.quoted(value.1), in: text) }
  }

  /// The value as one word of a shell.
  private static func quoted(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "-_./:".unicodeScalars.contains($0)
    }
    if isPlain, !value.hasPrefix("-") { return value }
    return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func replace(_ hole: String, by value: String, in text: String) -> String {
    var rest = text[...]
    var result = ""
    while let start = rest.firstRange(of: hole) {
      result += rest[..<start.lowerBound]
      result += value
      rest = rest[start.upperBound...]
    }
    return result + rest
  }

  /// The method that a sentence names.
  private static func method(in text: String) -> String? {
    ["advice/recommend", "benchmark/run", "diagnosis/explain", "hardware/assess", "model/inspect"]
      .first { text.contains($0) }
  }
}
