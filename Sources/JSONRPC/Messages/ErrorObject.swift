package import JSON
import OrderedCollections

/// Why a request has no result, as JSON-RPC writes it.
package struct ErrorObject: Error, Sendable, Hashable {
  package var code: Int
  package var message: String
  package var data: JSON?

  package init(code: Int, message: String, data: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  package var json: JSON {
    var object: JSON.Object = ["code": .integer(Int64(code)), "message": .string(message)]
    if let data { object["data"] = data }
    return .object(object)
  }
}

extension ErrorObject {
  /// The bytes are not JSON.
  package static func parseError(_ message: String, data: JSON? = nil) -> ErrorObject {
    ErrorObject(code: -32700, message: message, data: data)
  }

  /// The JSON is not a request.
  package static func invalidRequest(_ message: String) -> ErrorObject { ErrorObject(code: -32600, message: message) }

  /// There is no such method.
  package static func methodNotFound(_ message: String) -> ErrorObject { ErrorObject(code: -32601, message: message) }

  /// The parameters are not what the method takes.
  package static func invalidParams(_ message: String, data: JSON? = nil) -> ErrorObject {
    ErrorObject(code: -32602, message: message, data: data)
  }

  /// The server failed.
  package static func internalError(_ message: String) -> ErrorObject { ErrorObject(code: -32603, message: message) }

  /// The client took its request back; the code is the one of the Language Server Protocol.
  package static let requestCancelled = ErrorObject(code: -32800, message: "the request was cancelled")
}
