/// Which neighbors may be merged, and in which order.
protocol MergeRule {
  /// The token that `left` and `right`, which stand side by side, become; nil when they may not be merged.
  ///
  /// Of all pairs the one with the lowest order is merged first, of equals the leftmost.
  func merge(_ left: Symbol, _ right: Symbol, in bytes: UnsafeRawBufferPointer) -> (order: UInt32, id: Int32)?
}

/// A part of a text that has become one token, or might.
struct Symbol {
  var start: UInt32
  /// In bytes; 0 when it was merged into the one before.
  var length: UInt32
  /// The token, or -1 when there is none of this text.
  var id: Int32
  var previous: Int32
  var next: Int32
}
