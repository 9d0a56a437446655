import Kernels

/// Gemma 2: norms around both blocks, soft caps, and a window in every other layer.
///
/// Source: Gemma 2, arXiv:2408.00118, section 2; the 27B model (46 layers) scales attention by the hidden size per head.
enum Gemma2 {
  static let architecture = SupportedArchitecture(
    name: "gemma2", ropeOrder: .halves, norms: .around, activation: .geluTanh, scalesEmbeddings: true,
    attentionSoftCap: 50, logitSoftCap: 30, windowPeriod: 2, hiddenShareLayers: 46)
}
