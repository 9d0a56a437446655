/// Why no token could be chosen.
package enum SamplingError: Error, Hashable, Sendable {
  /// A logit is NaN or positive infinity: weights or activations have left the range of their format.
  case badLogit(token: Int, value: String)
  /// There are no logits, or all are negative infinity.
  case nothingPossible
  /// An option is outside its range.
  case badOption(name: String, expected: String, found: String)
}

extension SamplingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badLogit(let token, let value):
      "the logit of token \(token) is \(value); expected a finite number: the model's weights are damaged, or its "
        + "activations overflow"
    case .nothingPossible:
      "no token is possible: every logit is negative infinity; the model's weights are damaged"
    case .badOption(let name, let expected, let found):
      "\(name): expected \(expected), found \(found)"
    }
  }
}
