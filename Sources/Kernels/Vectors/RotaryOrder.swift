/// Which values of a head rotate together.
package enum RotaryOrder: Sendable, Hashable {
  /// Pairs (2i, 2i + 1): the order of Llama weights in GGUF files.
  case interleaved
  /// Pairs (i, i + rotated / 2): the order of GPT-NeoX, Qwen and most others.
  case halves
}
