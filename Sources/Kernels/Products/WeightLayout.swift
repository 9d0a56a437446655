/// How the rows of a matrix lie in memory.
package enum WeightLayout: Hashable, Sendable {
  /// One after the other, as in a model file.
  case rows
  /// Woven together, 32 to a strip, as the header `strips.h` describes: what the kernels that have it read fastest.
  case strips
}
