/// How queries and keys are normalized before they are rotated.
enum HeadNorm: Hashable, Sendable {
  case none
  /// Each head alone, with one weight for all heads.
  case perHead
  /// All heads of a projection together, with a weight for each value.
  case wholeProjection
}
