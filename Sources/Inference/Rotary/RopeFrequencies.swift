#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rotation of each pair of a head: an angle per position step, and one magnitude for all.
package struct RopeFrequencies: Hashable, Sendable {
  /// Radians per position for pair `i`, with `base ^ (-2i / dimensions)` as the unscaled value.
  package let radiansPerPosition: [Double]
  /// What cosines and sines are multiplied with; 1 except for YaRN and longrope.
  package let magnitude: Double

  /// Computes the frequencies of a session that reaches to `contextTokens`, which only longrope asks for.
  package init(dimensions: Int, base: Double, scaling: RopeScaling, contextTokens: Int = 0) {
    let plain = (0..<dimensions / 2).map { pow(base, -2 * Double($0) / Double(dimensions)) }
    switch scaling {
    case .none:
      radiansPerPosition = plain
      magnitude = 1
    case .linear(let factor):
      radiansPerPosition = plain.map { $0 / factor }
      magnitude = 1
    case .factors(let factors):
      radiansPerPosition = zip(plain, factors).map { $0 / $1 }
      magnitude = 1
    case .llama3(let factor, let low, let high, let original):
      radiansPerPosition = plain.map {
        $0 / Self.llama3Factor($0, factor: factor, low: low, high: high, original: Double(original))
      }
      magnitude = 1
    case .yarn(let yarn):
      radiansPerPosition = Self.yarn(plain, dimensions: dimensions, base: base, yarn)
      // The magnitude grows with the stretch; a factor of one or less leaves it alone.
      let stretch = yarn.factor <= 1 ? 1 : 1 + 0.1 * log(yarn.factor)
      magnitude = yarn.attentionFactor * stretch
    case .longrope(let longrope):
      let isLong = contextTokens > longrope.originalContextTokens
      radiansPerPosition = zip(plain, isLong ? longrope.longFactors : longrope.shortFactors).map { $0 / $1 }
      magnitude = longrope.magnitude
    }
  }

  /// The rotations of a model's layers, in the order of `LayerRotation`.
  static func all(_ shape: TransformerShape, contextTokens: Int) -> [RopeFrequencies] {
    let full = RopeFrequencies(
      dimensions: shape.ropeDimensions, base: shape.ropeBase, scaling: shape.ropeScaling, contextTokens: contextTokens)
    guard shape.hasWindowRotation else { return [full] }
    var (base, scaling) = (shape.ropeBase, shape.ropeScaling)
    if case .unscaled(let own) = shape.traits.windowRope {
      base = own ?? base
      scaling = .none
    }
    return [
      full,
      RopeFrequencies(
        dimensions: shape.ropeDimensions, base: shape.windowRopeBase ?? base, scaling: scaling,
        contextTokens: contextTokens),
    ]
  }

  /// Writes the cosines and sines of one position, one per pair, times the magnitude.
  package func fill(position: Int, cosines: UnsafeMutableBufferPointer<Float>, sines: UnsafeMutableBufferPointer<Float>)
  {
    for (index, radians) in radiansPerPosition.enumerated() {
      let angle = Double(position) * radians
      cosines[index] = Float(cos(angle) * magnitude)
      sines[index] = Float(sin(angle) * magnitude)
    }
  }

  /// The divisor for one frequency by the rule of Llama 3.1: wavelengths longer than `original / low` are divided by
  /// `factor`, those shorter than `original / high` stay, those in between blend by their place in the interval.
  static func llama3Factor(
    _ radians: Double, factor: Double, low: Double, high: Double, original: Double
  ) -> Double {
    let wavelength = 2 * Double.pi / radians
    if wavelength < original / high { return 1 }
    if wavelength > original / low { return factor }
    let smooth = (original / wavelength - low) / (high - low)
    return 1 / ((1 - smooth) / factor + smooth)
  }

  private static func yarn(_ plain: [Double], dimensions: Int, base: Double, _ yarn: YarnScaling) -> [Double] {
    // The pair that makes `rotations` turns over the original context.
    func pair(rotations: Double) -> Double {
      Double(dimensions) * log(Double(yarn.originalContextTokens) / (rotations * 2 * Double.pi)) / (2 * log(base))
    }
    let (begin, end) = (pair(rotations: yarn.betaFast), pair(rotations: yarn.betaSlow))
    let first = max(0, yarn.roundsRamp ? begin.rounded(.down) : begin)
    let last = min(Double(dimensions - 1), yarn.roundsRamp ? end.rounded(.up) : end)
    return plain.enumerated().map { index, radians in
      let ramp = (Double(index) - first) / max(0.001, last - first)
      let kept = 1 - min(1, max(0, ramp))
      return radians / yarn.factor * (1 - kept) + radians * kept
    }
  }
}
