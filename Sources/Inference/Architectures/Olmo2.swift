import Kernels

/// OLMo 2 and 3: norms only after the blocks, and over the whole query and key projections.
///
/// OLMo 3 has a window in three of four layers, which are rotated without its scaling.
enum Olmo2 {
  static let architecture = SupportedArchitecture(
    name: "olmo2", ropeOrder: .halves, norms: .after, headNorm: .wholeProjection, windowPeriod: 4,
    windowRope: .unscaled(base: nil))
}
