package import JSON

extension JSON {
  /// The value that an RFC 6901 pointer names, or nil when there is none.
  package func value(at pointer: String) -> JSON? {
    var value: JSON? = self
    for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
      value = value?.array == nil ? value?[String(key)] : Int(key).flatMap { value?[$0] }
    }
    return value
  }
}
