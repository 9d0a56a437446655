/// How layers with a window are rotated, unless the file states a base for them.
enum WindowRope: Hashable, Sendable {
  /// Like the others.
  case same
  /// Without the scaling of the others, with a base of their own or, when nil, the same.
  case unscaled(base: Double?)
}
