/// The parameters of longrope: factors for each frequency, one list up to the original context and one beyond it.
///
/// Source: Ding et al. 2024, arXiv:2402.13753, and Phi 3's configuration. Which list holds is decided once for a session, by
/// its context, because keys in the cache stay as they were rotated.
package struct LongropeScaling: Hashable, Sendable {
  package var shortFactors: [Double]
  package var longFactors: [Double]
  package var originalContextTokens: Int
  /// What cosines and sines are multiplied with, in short contexts too.
  package var magnitude: Double
}
