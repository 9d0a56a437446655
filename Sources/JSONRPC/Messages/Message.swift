package import JSON
import OrderedCollections

/// One JSON-RPC 2.0 message, told apart by the members it has.
package enum Message: Sendable, Hashable {
  case request(Request)
  case notification(Notification)
  case response(Response)
  /// Not a message: the error to answer, and the identifier if one could be read.
  case invalid(RequestID, ErrorObject)

  package init(_ json: JSON) {
    guard case .object(let object) = json else {
      self = .invalid(.null, .invalidRequest("expected a request object, found \(json.excerpt())"))
      return
    }
    let id: RequestID?
    if let given = object["id"] {
      guard let readable = RequestID(given) else {
        self = .invalid(
          .null, .invalidRequest("\"id\" must be a string, an integer or null, found \(given.excerpt())"))
        return
      }
      id = readable
    } else {
      id = nil
    }
    do throws(ErrorObject) {
      self = try Self.message(object, id)
    } catch {
      self = .invalid(id ?? .null, error)
    }
  }

  private static func message(_ object: JSON.Object, _ id: RequestID?) throws(ErrorObject) -> Message {
    guard let version = object["jsonrpc"] else {
      throw .invalidRequest("\"jsonrpc\" is missing; it must be \"2.0\"")
    }
    guard version == "2.0" else {
      throw .invalidRequest("\"jsonrpc\" must be \"2.0\", found \(version.excerpt())")
    }
    guard let name = object["method"] else {
      if let response = response(object, id) { return .response(response) }
      throw .invalidRequest("\"method\" is missing")
    }
    guard case .string(let method) = name else {
      throw .invalidRequest("\"method\" must be a string, found \(name.excerpt())")
    }
    let params: JSON?
    switch object["params"] {
    case nil, .null: params = nil
    case let given? where given.array != nil || given.object != nil: params = given
    case let given?:
      throw .invalidRequest("\"params\" must be an array or an object, found \(given.excerpt())")
    }
    if let id { return .request(Request(id: id, method: method, params: params)) }
    return .notification(Notification(method: method, params: params))
  }

  private static func response(_ object: JSON.Object, _ id: RequestID?) -> Response? {
    guard let id else { return nil }
    if let result = object["result"] { return Response(id: id, outcome: .success(result)) }
    guard let error = object["error"], let code = error["code"]?.integer else { return nil }
    let message = error["message"]?.string ?? ""
    return Response(id: id, outcome: .failure(ErrorObject(code: code, message: message, data: error["data"])))
  }
}
