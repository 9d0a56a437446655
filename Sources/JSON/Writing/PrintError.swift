extension JSON {
  /// Why a value cannot be written as JSON: a number that is not finite, or nesting without end.
  package struct PrintError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, in words.
    package var description: String
  }
}
