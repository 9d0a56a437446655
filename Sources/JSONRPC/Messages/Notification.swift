package import JSON
import OrderedCollections

/// A call that is never answered.
package struct Notification: Sendable, Hashable {
  package var method: String
  /// An array or an object, or nil when there were none; null counts as none.
  package var params: JSON?

  package init(method: String, params: JSON? = nil) {
    self.method = method
    self.params = params
  }

  package var json: JSON {
    var object: JSON.Object = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { object["params"] = params }
    return .object(object)
  }
}
