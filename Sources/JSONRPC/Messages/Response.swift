package import JSON

/// The answer to a request of ours.
package struct Response: Sendable, Hashable {
  package var id: RequestID
  package var outcome: Result<JSON, ErrorObject>

  package init(id: RequestID, outcome: Result<JSON, ErrorObject>) {
    self.id = id
    self.outcome = outcome
  }
}
