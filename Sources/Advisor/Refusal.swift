/// Why a question could not be answered at all.
package struct Refusal: Error, Sendable, Hashable {
  package let kind: Kind
  /// What was expected, what was found, and what to do.
  package let message: String
  /// Names and places that a program may want, such as `path`, `byteOffset` or `nearest`.
  package let details: [String: String]

  package enum Kind: String, Sendable, CaseIterable {
    case invalidRequest
    case modelNotFound
    case modelUnreadable
    case modelMalformed
    case modelUnsupported
    case machineUnknown
    case insufficientMemory
    case measurementFailed
    case ruleUnknown
  }

  package init(_ kind: Kind, _ message: String, details: [String: String] = [:]) {
    self.kind = kind
    self.message = message
    self.details = details
  }
}
