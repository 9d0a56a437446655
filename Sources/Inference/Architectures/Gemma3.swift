import Kernels

/// Gemma 3: Gemma 2 with head norms in place of soft caps, and five of six layers with a window and a rotation of their own.
///
/// Source: Gemma 3, arXiv:2503.19786, section 2; the 27B model (62 layers) scales attention by the hidden size per head.
enum Gemma3 {
  static let architecture = SupportedArchitecture(
    name: "gemma3", ropeOrder: .halves, norms: .around, headNorm: .perHead, activation: .geluTanh,
    scalesEmbeddings: true, windowPeriod: 6, windowRope: .unscaled(base: 10_000), hiddenShareLayers: 62)
}
