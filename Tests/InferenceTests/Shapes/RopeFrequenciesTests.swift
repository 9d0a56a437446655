import Inference
import Testing

@Suite("Rotary frequencies")
struct RopeFrequenciesTests {
  private func frequencies(_ scaling: RopeScaling, base: Double = 10_000) -> RopeFrequencies {
    RopeFrequencies(dimensions: 8, base: base, scaling: scaling)
  }

  private func close(_ first: [Double], _ second: [Double]) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) }
  }

  @Test("plain frequencies fall by the base over the head")
  func plain() {
    #expect(close(frequencies(.none).radiansPerPosition, [1, 0.1, 0.01, 0.001]))
    #expect(frequencies(.none).magnitude == 1)
  }

  @Test("linear scaling divides all, factors divide each")
  func linearAndFactors() {
    #expect(close(frequencies(.linear(factor: 4)).radiansPerPosition, [0.25, 0.025, 0.0025, 0.00025]))
    #expect(close(frequencies(.factors([1, 2, 4, 8])).radiansPerPosition, [1, 0.05, 0.0025, 0.000125]))
  }

  @Test("Llama 3 scaling leaves short waves, divides long ones and blends between")
  func llama3() {
    // Wavelengths 6.28, 62.8, 628, 6283; 1024 / 4 = 256 and 1024 / 1 bound the blend, which holds only the third.
    let scaled = frequencies(
      .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextTokens: 1024))
    let smooth = (1024 * 0.01 / (2 * Double.pi) - 1) / 3
    #expect(close(scaled.radiansPerPosition, [1, 0.1, 0.01 * ((1 - smooth) / 8 + smooth), 0.001 / 8]))
  }

  @Test("YaRN keeps fast frequencies, interpolates slow ones and grows the magnitude")
  func yarn() {
    let scaled = frequencies(.yarn(YarnScaling(factor: 4, originalContextTokens: 4096)))
    // Pairs that turn 32 and 1 times in 4096 positions: 1.31 and 2.81, so the ramp goes from pair 1 to pair 3.
    #expect(close(scaled.radiansPerPosition, [1, 0.1, 0.01 * (0.5 / 4 + 0.5), 0.001 / 4]))
    #expect(abs(scaled.magnitude - 1.138629436111989) < 1e-12)
  }
}
