import JSON
import JSONRPC
import OrderedCollections
import Service

extension ErrorObject {
  /// The failure under the plain protocol's code, with its stable name in the data.
  init(_ failure: Failure) {
    var data: JSON.Object = ["name": .string(failure.name.rawValue)]
    if case .object(let details)? = failure.data {
      data.merge(details) { name, _ in name }
    } else if let details = failure.data {
      data["details"] = details
    }
    self.init(code: failure.name.code, message: failure.message, data: .object(data))
  }
}
