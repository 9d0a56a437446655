import Kernels

/// LFM 2: short gated convolutions in most layers, attention with head norms in the others.
enum LFM2 {
  static let architecture = SupportedArchitecture(
    name: "lfm2", ropeOrder: .halves, headNorm: .perHead, windowPeriod: 0, hasConvolutions: true,
    outputNormName: "token_embd_norm")
}
