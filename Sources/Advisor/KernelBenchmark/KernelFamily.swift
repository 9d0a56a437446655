/// The kinds of kernels that are measured apart.
package enum KernelFamily: String, Codable, Sendable, CaseIterable {
  /// Weights times activations: decode with one token, prefill with many.
  case product
  /// Activations to int8 codes with scales, before products with block formats.
  case activationQuantization
  case rmsNorm
  case rope
  case softmax
  /// Queries against cached keys and values.
  case attention
  /// The gate of SwiGLU: silu(gate) times up.
  case silu
}
