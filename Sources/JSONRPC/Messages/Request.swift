package import JSON

/// A call that wants an answer.
package struct Request: Sendable, Hashable {
  package var id: RequestID
  package var method: String
  /// An array or an object, or nil when there were none; null counts as none.
  package var params: JSON?

  package init(id: RequestID, method: String, params: JSON? = nil) {
    self.id = id
    self.method = method
    self.params = params
  }
}
