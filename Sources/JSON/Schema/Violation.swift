extension Schema {
  /// One place where a value is not as its schema wants it.
  package struct Violation: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    /// The JSON pointer of the place; the root is empty.
    package var pointer: String
    /// What the schema wants there.
    package var expected: String
    /// What was there, cut to about eighty characters.
    package var found: String
    /// The known name that was probably meant, for an unknown field or choice.
    package var didYouMean: String?

    package init(pointer: String, expected: String, found: String, didYouMean: String? = nil) {
      self.pointer = pointer
      self.expected = expected
      self.found = found
      self.didYouMean = didYouMean
    }

    package var description: String {
      let place = pointer.isEmpty ? "" : "\(pointer): "
      let hint = didYouMean.map { "; did you mean \"\($0)\"?" } ?? ""
      return "\(place)expected \(expected), found \(found)\(hint)"
    }
  }
}
