import JSON
import JSONRPC
import OrderedCollections

/// What a caller wants its progress notifications to be called.
struct ProgressToken: Sendable {
  let json: JSON

  /// Takes `progressToken` out of the parameters, which the methods do not know.
  static func take(from params: JSON?) throws(ErrorObject) -> (token: ProgressToken?, params: JSON?) {
    guard case .object(var object)? = params, let given = object.removeValue(forKey: "progressToken") else {
      return (nil, params)
    }
    switch given {
    case .string, .integer: return (ProgressToken(json: given), .object(object))
    default:
      let violation: JSON = [
        "pointer": "/progressToken", "expected": "a string or an integer", "found": .string(given.excerpt()),
      ]
      throw .invalidParams(
        "/progressToken: expected a string or an integer, found \(given.excerpt())", data: ["violations": [violation]])
    }
  }
}
