/// How the next token is chosen from the logits.
///
/// The stages run in the order of llama.cpp's default chain: top-k, top-p, min-p, temperature. So the probabilities that
/// top-p and min-p look at are those before the temperature.
package struct SamplingOptions: Codable, Hashable, Sendable {
  /// What the logits are divided by, 0...100; 0 always takes the most likely token.
  package var temperature: Double
  /// Only so many of the most likely tokens remain; 0 keeps all.
  package var topK: Int
  /// Only the most likely tokens remain that together have this probability; 1 keeps all.
  package var topP: Double
  /// Only tokens remain that are at least this likely in comparison with the most likely one; 0 keeps all.
  package var minP: Double
  /// The same seed and logits give the same tokens.
  package var seed: UInt64

  /// The defaults are llama.cpp's for everything but the temperature, which is 0 so that a run can be repeated.
  package init(
    temperature: Double = 0, topK: Int = 40, topP: Double = 0.95, minP: Double = 0.05, seed: UInt64 = 1
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.seed = seed
  }
}
