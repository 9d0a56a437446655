package import JSON

/// The answer to a request of the client's, whose result has been printed already.
package struct Answer: Sendable, Hashable {
  package var id: RequestID
  package var outcome: Result<JSON.Text, ErrorObject>

  package init(id: RequestID, outcome: Result<JSON.Text, ErrorObject>) {
    self.id = id
    self.outcome = outcome
  }

  /// The answer as a message; an error whose data cannot be printed goes without them.
  var text: JSON.Text {
    let (name, value): (StaticString, JSON.Text) =
      switch outcome {
      case .success(let result): ("result", result)
      case .failure(let error): ("error", error.text)
      }
    return JSON.Text(object: [("jsonrpc", Self.version), ("id", id.text), (name, value)])
  }

  private static let version = JSON.Text("2.0")
}
