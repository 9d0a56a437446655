/// What our engine's passes cost beside the products of weights, with a number of threads.
///
/// Each is the time that small synthetic models took, less what the rates of their weights account for.
package struct EngineCosts: Codable, Sendable, Hashable {
  package var threads: Int
  /// Of a layer for one token: starting and joining the loops of its phases.
  package var layerSeconds: Double
  /// Of a value that a token's norms, activations and roundings go over, by one thread.
  package var valueSeconds: Double
  /// Of a value of one cached position's keys and values, for one token.
  package var cachedValueSeconds: Double
  /// Of a value of a query head at one cached position, for one token.
  package var queryValueSeconds: Double
  /// Multiplications and additions of attention with many tokens.
  package var attentionOperationsPerSecond: Double
  /// Of a value that the norms, activations and roundings of many tokens go over, by all threads.
  package var prefillValueSeconds: Double
}
