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

  /// The error as it is sent; data that cannot be printed are left out.
  var text: JSON.Text {
    if let text = try? JSON.Text(printing: json) { return text }
    return JSON.Text(object: [("code", JSON.Text(Int64(code))), ("message", JSON.Text(message))])
  }
}

/// The failures of the protocol itself; their data carries a stable name, as that of every other failure does.
extension ErrorObject {
  /// The bytes are not JSON.
  package static func parseError(_ message: String, data: JSON? = nil) -> ErrorObject {
    named("parseError", -32700, message, data)
  }

  /// The JSON is not a request.
  package static func invalidRequest(_ message: String) -> ErrorObject { named("invalidRequest", -32600, message) }

  /// There is no such method.
  package static func methodNotFound(_ message: String) -> ErrorObject { named("methodNotFound", -32601, message) }

  /// The parameters are not what the method takes.
  package static func invalidParams(_ message: String, data: JSON? = nil) -> ErrorObject {
    named("invalidParams", -32602, message, data)
  }

  /// The server failed.
  package static func internalError(_ message: String) -> ErrorObject { named("internalError", -32603, message) }

  /// The client took its request back; the code is the one of the Language Server Protocol.
  package static let requestCancelled = named("requestCancelled", -32800, "the request was cancelled")

  private static func named(_ name: String, _ code: Int, _ message: String, _ details: JSON? = nil) -> ErrorObject {
    var data: JSON.Object = ["name": .string(name)]
    if case .object(let details)? = details { data.merge(details) { name, _ in name } }
    return ErrorObject(code: code, message: message, data: .object(data))
  }
}
