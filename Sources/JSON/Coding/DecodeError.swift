extension JSON {
  /// Why a JSON value is not what a Swift type wants, and where in it.
  package struct DecodeError: Error, Hashable, Sendable, CustomStringConvertible {
    package var pointer: Pointer
    /// What was expected and what was found.
    package var message: String

    package var description: String { "\(message) (at \"\(pointer)\")" }
  }
}
