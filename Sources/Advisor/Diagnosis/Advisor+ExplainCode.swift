import Evidence
import JSON
import Knowledge

extension Advisor {
  /// Explains the rule, known message or complaint behind `code`; without a code lists all.
  /// - Throws: `Refusal` of kind `ruleUnknown`, with the nearest code, when there is none such.
  package func explain(code: String?) throws(Refusal) -> CodeExplanation {
    guard let code else {
      return CodeExplanation(
        codes: Self.codes,
        next: [
          NextStep(
            purpose: "Explain one of them.", command: "edgewise explain EW351", method: "rule/explain",
            params: ["code": "EW351"])
        ])
    }
    if let rule = RuleBook.rule(code: code) { return Self.explanation(rule.card, rule.examples) }
    if let symptom = Symptom.catalogue.record(code) { return Self.explanation(symptom) }
    let key = code.lowercased()
    if let complaint = Complaint.all.first(where: { $0.code == key }) {
      return CodeExplanation(
        complaint: ComplaintExplanation(
          code: complaint.code, title: complaint.title, words: complaint.words, candidates: complaint.candidates),
        next: [
          NextStep(
            purpose: "Have it explained for this machine.", method: "diagnosis/explain",
            params: ["symptom": .string(complaint.words.compactMap(\.first).joined(separator: " "))])
        ])
    }
    let near = Spelling.nearest(
      to: code, among: Self.codes.map(\.code) + RuleBook.all.map { $0.card.name }, limit: 3)
    let hint = near.isEmpty ? "" : " Near to it: \(near.joined(separator: ", "))."
    throw Refusal(
      .ruleUnknown,
      "There is no code \"\(code.prefix(100))\": expected that of a rule (EW101 ...), a known message (lcp-cuda-oom ...) or "
        + "a complaint (slow-first-token ...).\(hint) Without a code all are listed.",
      details: near.first.map { ["nearest": $0] } ?? [:])
  }

  private static var codes: [CodeSummary] {
    RuleBook.all.map { rule in
      CodeSummary(
        code: rule.code, kind: .rule, title: rule.card.summary, severity: rule.card.severity.rawValue)
    }
      + Symptom.catalogue.records.map {
        CodeSummary(code: $0.id, kind: .symptom, title: $0.pattern, severity: $0.severity.rawValue)
      }
      + Complaint.all.map { CodeSummary(code: $0.code, kind: .complaint, title: $0.title) }
  }

  private static func explanation(_ card: RuleCard, _ examples: [RuleExample]) -> CodeExplanation {
    CodeExplanation(
      rule: RuleExplanation(
        code: card.code, name: card.name, severity: card.severity, summary: card.summary, rationale: card.rationale,
        remedies: card.remedies, citations: card.citations,
        examples: examples.map { RuleExplanation.Example(name: $0.name, expected: $0.expected) }),
      next: [
        NextStep(
          purpose: "Have a run judged by this rule and the others.", command: "edgewise diagnose run.log",
          method: "diagnosis/explain")
      ])
  }

  private static func explanation(_ symptom: Symptom) -> CodeExplanation {
    let writer = RemedyWriter(situation: Situation(), naming: FrameworkNaming(symptom.framework))
    return CodeExplanation(
      symptom: SymptomExplanation(
        code: symptom.id, title: symptom.pattern, framework: symptom.framework, severity: symptom.severity,
        match: symptom.match, why: symptom.cause, remedies: writer.remedies(symptom), related: symptom.rules ?? [],
        evidence: symptom.evidence, sources: [symptom.source]),
      next: (symptom.rules ?? []).map { code in
        NextStep(
          purpose: "Read the rule behind it.", command: "edgewise explain \(code)", method: "rule/explain",
          params: ["code": .string(code)])
      })
  }
}
