/// Which two values of a head are rotated together.
package enum RopeOrder: String, Hashable, Sendable {
  /// Neighbors: values `2i` and `2i + 1`, as Llama GGUF files are laid out.
  case interleaved
  /// Halves: values `i` and `i + ropeDimensions / 2`, as in GPT-NeoX and Qwen.
  case halves
}
