import Evidence
package import TensorFormats

/// The rates of our own engine on a machine, read out of what was measured there, at any number of threads and tokens.
package struct EngineRates: Sendable {
  private let formats: [String: [FormatRate.ThreadRates]]
  private let bandwidths: [(threads: Int, rate: Double)]
  /// The ceilings in registers, of all threads.
  package let float32: Double
  package let int8: Double
  private let costs: [EngineCosts]
  package let curve: WorkingSetCurve
  /// The threads that were measured at most.
  package let threads: Int

  package init(_ measurement: MachineMeasurement) {
    formats = Dictionary(measurement.formats.map { ($0.format, $0.byThreads) }) { first, _ in first }
    bandwidths = measurement.readBandwidth.map { ($0.threads, $0.bandwidthBytesPerSecond.value) }
    float32 = measurement.float32OperationsPerSecond.value
    int8 = measurement.int8OperationsPerSecond.value
    costs = measurement.engine
    curve = WorkingSetCurve(measurement.bandwidthByWorkingSet)
    threads = measurement.threads
  }

  /// Rates that follow from a bandwidth and from the `operations` of attention.
  init(
    formats: [(String, [FormatRate.ThreadRates])], bandwidth: Double, operations: Double, threads: Int
  ) {
    self.formats = Dictionary(formats) { first, _ in first }
    bandwidths = [(threads, bandwidth)]
    (float32, int8) = (operations, operations)
    // A cached value is 2 bytes; what operations cost beside products is left to the interval.
    costs = [
      EngineCosts(
        threads: threads, layerSeconds: 0, valueSeconds: 0, cachedValueSeconds: 2 / bandwidth, queryValueSeconds: 0,
        attentionOperationsPerSecond: operations, prefillValueSeconds: 0)
    ]
    curve = WorkingSetCurve([])
    self.threads = threads
  }

  package var isEmpty: Bool { formats.isEmpty }

  /// Whether products with weights of `format` were measured, rather than those of the format with the nearest bits.
  package func knows(_ format: TensorFormat) -> Bool { formats[format.name] != nil }

  /// Bytes of weights a second with one token, of which caches hold a part.
  package func decodeBytesPerSecond(_ format: TensorFormat, threads: Int, cachedFraction: Double) -> Double? {
    guard let rate = nearest(format) else { return nil }
    let memory = between(rate, threads) { $0.decodeBytesPerSecond }
    guard cachedFraction > 0 else { return memory }
    let cache = between(rate, threads) { $0.decodeCacheBytesPerSecond }
    return 1 / (cachedFraction / max(cache, memory) + (1 - cachedFraction) / memory)
  }

  /// Operations a second of products with `tokens` tokens.
  package func operationsPerSecond(_ format: TensorFormat, tokens: Double, threads: Int) -> Double? {
    guard let rate = nearest(format) else { return nil }
    return between(rate, threads) { Self.rate($0.prefill, tokens: tokens) }
  }

  /// How many times as fast as one thread `threads` are, with one token.
  package func decodeSpeedup(_ format: TensorFormat, threads: Int) -> Double {
    guard let one = decodeBytesPerSecond(format, threads: 1, cachedFraction: 0), one > 0,
      let all = decodeBytesPerSecond(format, threads: threads, cachedFraction: 0)
    else { return Double(threads) }
    return all / one
  }

  /// What the engine's passes cost beside products; those of the nearest number of threads that was measured.
  package func costs(threads: Int) -> EngineCosts? {
    costs.min { abs($0.threads - threads) < abs($1.threads - threads) }
  }

  /// The median bandwidth of main memory.
  package func bandwidth(threads: Int) -> Double? {
    guard let first = bandwidths.first else { return nil }
    let below = bandwidths.last { $0.threads <= threads } ?? first
    let above = bandwidths.first { $0.threads >= threads } ?? below
    guard above.threads > below.threads else { return below.rate }
    let part = Double(threads - below.threads) / Double(above.threads - below.threads)
    return below.rate + part * (above.rate - below.rate)
  }

  /// How far single passes over weights of `format` lie from their median.
  package func spreadFraction(_ format: TensorFormat) -> Double {
    nearest(format)?.map(\.spreadFraction).max() ?? 0
  }

  private func nearest(_ format: TensorFormat) -> [FormatRate.ThreadRates]? {
    if let rates = formats[format.name] { return rates }
    return formats.min { first, second in
      func distance(_ name: String) -> Double {
        abs((TensorFormat(name: name)?.bitsPerValue ?? .infinity) - format.bitsPerValue)
      }
      let (a, b) = (distance(first.key), distance(second.key))
      return a == b ? first.key < second.key : a < b
    }?.value
  }

  /// The value for a number of threads: between measured ones as many times that of one thread, or as memory allows.
  private func between(
    _ rates: [FormatRate.ThreadRates], _ threads: Int, _ value: (FormatRate.ThreadRates) -> Double
  ) -> Double {
    guard let one = rates.first, let most = rates.last else { return 0 }
    if let exact = rates.first(where: { $0.threads == threads }) { return value(exact) }
    guard threads < most.threads else { return value(most) }
    let single = value(one) / Double(one.threads)
    let wide = value(most)
    guard let here = bandwidth(threads: threads), let there = bandwidth(threads: most.threads), there > 0 else {
      return min(Double(threads) * single, wide)
    }
    return min(Double(threads) * single, max(value(one), wide * here / there))
  }

  /// Between measured batches linear in the logarithms of tokens and rate.
  private static func rate(_ rates: [FormatRate.BatchRate], tokens: Double) -> Double {
    guard let first = rates.first, let last = rates.last else { return 0 }
    guard tokens > Double(first.batchTokens) else { return first.operationsPerSecond }
    guard tokens < Double(last.batchTokens) else { return last.operationsPerSecond }
    let upper = rates.firstIndex { Double($0.batchTokens) >= tokens } ?? rates.count - 1
    let (a, b) = (rates[upper - 1], rates[upper])
    guard a.operationsPerSecond > 0, b.operationsPerSecond > 0 else { return b.operationsPerSecond }
    let part =
      Logarithm.base2(tokens / Double(a.batchTokens)) / Logarithm.base2(Double(b.batchTokens) / Double(a.batchTokens))
    return a.operationsPerSecond
      * Logarithm.power2(part * Logarithm.base2(b.operationsPerSecond / a.operationsPerSecond))
  }
}
