extension JSON {
  /// Why a Swift value has no JSON form, and where in it.
  package struct EncodeError: Error, Hashable, Sendable, CustomStringConvertible {
    package var pointer: Pointer
    /// What was wrong, in words.
    package var message: String

    package var description: String { "\(message) (at \"\(pointer)\")" }
  }
}
