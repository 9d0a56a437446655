extension JSON {
  /// What a text may cost before it is refused; the defaults suit messages, files may need more.
  package struct Limits: Sendable, Hashable {
    /// The longest text in bytes, at most `Int32.max`.
    package var bytes: Int
    /// The deepest nesting of arrays and objects, at most 512.
    package var depth: Int
    /// The most values in one text, scalars and containers together; it bounds memory at some hundred bytes each.
    package var values: Int

    package init(bytes: Int = 64 << 20, depth: Int = 128, values: Int = 1 << 20) {
      self.bytes = min(max(bytes, 0), Int(Int32.max))
      self.depth = min(max(depth, 0), 512)
      self.values = max(values, 1)
    }
  }
}
