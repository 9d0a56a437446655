import Kernels

/// Phi 3, 3.5 and 4: fused projections, a part of each head rotated, and longrope for 128 Ki contexts.
///
/// A window that the file states holds in all layers.
enum Phi3 {
  static let architecture = SupportedArchitecture(name: "phi3", ropeOrder: .halves, windowPeriod: 0)
}
