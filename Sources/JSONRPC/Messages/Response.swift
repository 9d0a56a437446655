package import JSON
import OrderedCollections

/// The answer to a request of ours.
package struct Response: Sendable, Hashable {
  package var id: RequestID
  package var outcome: Result<JSON, ErrorObject>

  package init(id: RequestID, outcome: Result<JSON, ErrorObject>) {
    self.id = id
    self.outcome = outcome
  }

  package var json: JSON {
    switch outcome {
    case .success(let result): ["jsonrpc": "2.0", "id": id.json, "result": result]
    case .failure(let error): ["jsonrpc": "2.0", "id": id.json, "error": error.json]
    }
  }
}
