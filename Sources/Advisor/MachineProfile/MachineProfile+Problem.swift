import Evidence

extension MachineProfile {
  /// Why the numbers cannot be those of a machine; nil when they can.
  ///
  /// Profiles come from files and callers, and rates are divided by: none may be zero, negative or infinite.
  package var problem: String? {
    if profileVersion != Self.currentVersion {
      return "profileVersion \(profileVersion): expected \(Self.currentVersion)"
    }
    if measurement.threads < 1 { return "measurement.threads \(measurement.threads): expected 1 or more" }
    if measurement.readBandwidth.isEmpty { return "measurement.readBandwidth: expected at least one" }
    for bandwidth in measurement.readBandwidth where !Self.isRate(bandwidth.bandwidthBytesPerSecond.value) {
      return "measurement.readBandwidth: \(bandwidth.bandwidthBytesPerSecond.value) is no rate"
    }
    for format in measurement.formats {
      if format.byThreads.isEmpty { return "measurement.formats: \(format.format) has no rates" }
      for rates in format.byThreads {
        let all =
          [rates.decodeBytesPerSecond, rates.decodeCacheBytesPerSecond] + rates.prefill.map(\.operationsPerSecond)
        if rates.threads < 1 || rates.prefill.isEmpty || !all.allSatisfy(Self.isRate) {
          return "measurement.formats: a rate of \(format.format) is no positive number"
        }
        if zip(rates.prefill, rates.prefill.dropFirst()).contains(where: { $0.batchTokens >= $1.batchTokens }) {
          return "measurement.formats: the batches of \(format.format) are not in order"
        }
      }
    }
    for costs in measurement.engine {
      let all = [costs.layerSeconds, costs.valueSeconds, costs.cachedValueSeconds, costs.queryValueSeconds]
      if !all.allSatisfy({ $0 >= 0 && $0 < 1 }) || !Self.isRate(costs.attentionOperationsPerSecond)
        || !(costs.prefillValueSeconds >= 0 && costs.prefillValueSeconds < 1)
      {
        return "measurement.engine: a cost is out of range"
      }
    }
    for engine in engines {
      for factor in engine.factors where !Self.isFactor(factor.decodeFactor) || !Self.isFactor(factor.prefillFactor) {
        return "engines: a factor of \(engine.engine) is out of range"
      }
      for layer in engine.layers
      where !(layer.layerSeconds >= 0 && layer.layerSeconds < 1)
        || !(layer.prefillLayerSeconds >= 0 && layer.prefillLayerSeconds < 10)
      {
        return "engines: a layer's cost of \(engine.engine) is out of range"
      }
    }
    return nil
  }

  private static func isRate(_ value: Double) -> Bool { value > 0 && value < 1e18 }
  private static func isFactor(_ value: Double) -> Bool { value > 1e-4 && value < 1e4 }
}
