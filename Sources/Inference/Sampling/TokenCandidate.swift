/// A token that may be chosen, with its logit at first and its probability in the end.
package struct TokenCandidate: Hashable, Sendable {
  package let token: Int
  package var logit: Double
  /// Of all candidates together 1.
  package var probability: Double

  /// Whether this one is more likely than `other`, or as likely and earlier in the vocabulary.
  func precedes(_ other: TokenCandidate) -> Bool {
    logit > other.logit || logit == other.logit && token < other.token
  }
}
