/// What the feed-forward block makes of its gate and up products.
enum Activation: Hashable, Sendable {
  /// silu(gate) * up.
  case silu
  /// gelu(gate) * up, with the approximation of GELU by tanh.
  case geluTanh
  /// gate * sigmoid(1.702 gate) * (up + 1), gate at most 7 and up within -7...7.
  case clampedSwiGLU
}
