/// How another engine's passes differ from ours.
package struct EngineDifference: Sendable, Hashable {
  /// Its rate of products with one token over ours.
  package var decodeFactor: Double
  /// Its rate of products with many tokens over ours.
  package var prefillFactor: Double
  /// What a layer costs beside products, for one token.
  package var layerSeconds: Double
  /// What a layer costs beside products for a batch, apart from what grows with its tokens.
  package var prefillLayerSeconds: Double
  /// How far actual times may be from the forecast, four times of five, as a fraction.
  package var uncertaintyFraction: Double
  /// Where the factors come from.
  package var source: String
  /// The build that they are of; nil where no build was run.
  package var build: String?
  /// Whether they are of the very format that is asked for.
  package var isOfFormat = false

  package init(
    decodeFactor: Double, prefillFactor: Double, layerSeconds: Double = 0, prefillLayerSeconds: Double = 0,
    uncertaintyFraction: Double, source: String, build: String? = nil
  ) {
    self.decodeFactor = decodeFactor
    self.prefillFactor = prefillFactor
    self.layerSeconds = layerSeconds
    self.prefillLayerSeconds = prefillLayerSeconds
    self.uncertaintyFraction = uncertaintyFraction
    self.source = source
    self.build = build
  }
}

extension EngineDifference {
  /// The difference of a calibrated engine for a file type and a number of threads: of the same file type, or of the one with
  /// the nearest bits; of the same threads, or the nearest number.
  init?(_ calibration: EngineCalibration, fileType: String, bitsPerWeight: Double, threads: Int) {
    let near = calibration.factors.map { abs($0.threads - threads) }.min()
    let candidates = calibration.factors.filter { abs($0.threads - threads) == near }
    let exact = candidates.first { $0.fileType == fileType }
    let nearest = candidates.min {
      func distance(_ factor: EngineCalibration.Factor) -> Double {
        abs(WeightBits.ofFileType(factor.fileType) - bitsPerWeight)
      }
      return distance($0) < distance($1)
    }
    guard let factor = exact ?? nearest else { return nil }
    let layer = calibration.layers.min { abs($0.threads - threads) < abs($1.threads - threads) }
    self.init(
      decodeFactor: factor.decodeFactor, prefillFactor: factor.prefillFactor, layerSeconds: layer?.layerSeconds ?? 0,
      prefillLayerSeconds: layer?.prefillLayerSeconds ?? 0,
      uncertaintyFraction: Uncertainty.together([exact == nil ? 0.2 : 0.1, factor.spreadFraction]),
      source: "\(calibration.engine) \(calibration.build), calibrated here with a small model in \(factor.fileType) on "
        + "\(factor.threads) threads",
      build: calibration.build)
    isOfFormat = exact != nil
  }
}
