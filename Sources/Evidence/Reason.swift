package import JSON

/// One argument for or against a choice, tied to a rule or fact whose code can be looked up.
package struct Reason: Codable, Sendable, Hashable {
  /// The stable code, such as `EW301`.
  package var code: String
  /// The name of the rule, which reads well after "allow".
  package var rule: String
  /// How much the reason adds to (or, negative, takes from) the score of the choice.
  package var weight: Double
  /// The sentence that a reader sees.
  package var because: String
  package var evidence: Evidence
  package var source: String?

  package init(
    code: String, rule: String, weight: Double, because: String, evidence: Evidence, source: String? = nil
  ) {
    self.code = code
    self.rule = rule
    self.weight = weight
    self.because = because
    self.evidence = evidence
    self.source = source
  }
}

/// Something that an answer took for granted.
package struct Assumption: Codable, Sendable, Hashable {
  /// The sentence that a reader sees.
  package var what: String
  /// What changes in the answer if it does not hold.
  package var effect: String

  package init(what: String, effect: String) {
    self.what = what
    self.effect = effect
  }
}

/// Something to do next: a shell command, or a call of this service.
package struct NextStep: Codable, Sendable, Hashable {
  /// What the step achieves, as a sentence.
  package var purpose: String
  /// A command line, ready to paste.
  package var command: String?
  /// The name of a method of this service, with `params`.
  package var method: String?
  /// The parameters of the call.
  package var params: JSON?

  package init(purpose: String, command: String? = nil, method: String? = nil, params: JSON? = nil) {
    self.purpose = purpose
    self.command = command
    self.method = method
    self.params = params
  }
}
