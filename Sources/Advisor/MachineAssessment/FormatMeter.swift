import Benchmarking
import Evidence
import Inference
import Kernels
import TensorFormats

/// Measures the products of weights in each format, formats in turn, so that a drift of the machine falls on none alone.
///
/// Memory that others share is faster in some seconds than in others. Products of one token are therefore compared with bare
/// reads right before and after them, and the median of these ratios is applied to the median of all reads: each format's rate is that
/// of the same typical moment.
struct FormatMeter {
  let kernels: KernelSet
  /// One team for each number of threads, fewest first.
  let teams: [ThreadTeam]
  let memory: ProbeMemory
  let cancellation: Cancellation?
  var clock = MonotonicClock.system

  /// Tokens at once for which prefill is measured.
  static let batches = [1, 8, 32, 128, 512]
  /// Samples of each product at most, and at least.
  private static let (mostRounds, fewestRounds) = (7, 3)

  /// What was sampled of one format with one team.
  private struct Samples {
    /// The last rate with one token, bytes a second.
    var decode: Double?
    /// Such rates over those of bare reads around them.
    var decodeShare: [Double] = []
    var cache: [Double] = []
    var prefill: [Int: [Double]] = [:]
  }

  /// The rates of `formats`, in about `seconds`; longer where a single product takes longer.
  func rates(
    _ formats: [TensorFormat], bandwidth: Quantity, int8: Quantity, float32: Quantity, seconds: Double,
    progress: Progress
  ) throws -> [FormatRate] {
    let begin = clock.nowSeconds()
    var samples = [[Samples]](
      repeating: [Samples](repeating: Samples(), count: teams.count), count: formats.count)
    // A round of all formats and products takes a part of the time.
    let shares = Double(formats.count * teams.count * (Self.batches.count + 2))
    var reads = [[Double]](repeating: [], count: teams.count)
    let slice = seconds / shares / Double(Self.fewestRounds + 1)
    for round in 0..<Self.mostRounds {
      let passed = clock.nowSeconds() - begin
      if round >= Self.fewestRounds, passed * Double(round + 1) / Double(round) > seconds { break }
      for (index, format) in formats.enumerated() {
        progress.report("formats", max(0, min(1, (clock.nowSeconds() - begin) / max(seconds, 1e-3))), format.name)
        for team in teams.indices {
          try sample(format, teams[team], slice: slice, into: &samples[index][team], reads: &reads[team])
        }
      }
    }
    return try zip(formats, samples).map { format, samples in
      try rate(format, samples, reads, bandwidth, format.valuesPerBlock > 1 ? int8 : float32)
    }
  }

  private func sample(
    _ format: TensorFormat, _ team: ThreadTeam, slice: Double, into samples: inout Samples, reads: inout [Double]
  ) throws {
    let rowBytes = Double(format.byteCount(values: ProbeMemory.columns) ?? 4 * ProbeMemory.columns)
    let known: Double
    if let last = samples.decode { known = last } else { known = try decode(format, team, rows: 256) }
    let rows = Int(min(max(512, known * min(slice, 0.01) / rowBytes), 1e6)) / 32 * 32
    let count = min(rows, memory.outCount)
    let before = try read(team, bytes: count * Int(rowBytes) / 2)
    let rate = try decode(format, team, rows: count)
    let after = try read(team, bytes: count * Int(rowBytes) / 2)
    samples.decode = rate
    // Their times, not their rates, add up.
    samples.decodeShare.append(rate * (1 / before + 1 / after) / 2)
    reads += [before, after]
    samples.cache.append(try cached(format, team, seconds: min(slice, 0.002)))
    for batch in Self.batches.dropFirst() {
      // At least the rate of one token, in operations; the first sample tells the rate itself.
      let rate = samples.prefill[batch]?.last ?? 2 * known / rowBytes * Double(ProbeMemory.columns)
      samples.prefill[batch, default: []].append(
        try prefill(format, team, tokens: batch, operations: rate * min(slice, 0.004)))
    }
  }

  /// Bytes a second of a bare read of the next `bytes` of memory.
  private func read(_ team: ThreadTeam, bytes: Int) throws(Cancelled) -> Double {
    let rates = try PeakMeter(kernels: kernels, team: team).readPasses(
      over: memory.nextBytes(bytes), passBytes: 0, seconds: 0, minimum: 1, cancellation: cancellation)
    return rates.first ?? 0
  }

  /// Bytes a second of rows that come from memory, with one token.
  private func decode(_ format: TensorFormat, _ team: ThreadTeam, rows: Int) throws -> Double {
    let weights = try matrix(format, rows: rows)
    let seconds = try multiply(weights, team, tokens: 1)
    return Double(weights.rows * weights.rowByteCount) / seconds
  }

  /// Operations a second with `tokens` tokens, of as many rows as take about `operations`.
  private func prefill(_ format: TensorFormat, _ team: ThreadTeam, tokens: Int, operations: Double) throws -> Double {
    let wanted = operations / Double(2 * tokens * ProbeMemory.columns)
    let most = min(ProbeMemory.mostRows, memory.outCount / tokens)
    let rows = min(max(64, Int(min(wanted, 1e6)) / 64 * 64), most)
    let weights = try matrix(format, rows: rows)
    let seconds = try multiply(weights, team, tokens: tokens)
    let split = ProductSplit(rows: weights.rows, columns: weights.columns, tokens: tokens)
    let sizes = (0..<split.pieces).map { Double(split.rows(of: $0).count * split.tokens(of: $0).count) }
    let slowdown = LoopBalance.slowdown(
      sizes: sizes, chunk: LoopChunk.pieces(of: split.pieces, threads: team.threads), threads: team.threads,
      speedup: Double(team.threads))
    return 2 * Double(weights.rows * weights.columns * tokens) / seconds * slowdown
  }

  private func matrix(_ format: TensorFormat, rows: Int) throws(Refusal) -> WeightMatrix {
    guard let weights = memory.nextMatrix(format, rows: rows, kernels) else {
      throw Refusal(.measurementFailed, "The working set of \(memory.weights.count) bytes is too small.")
    }
    return weights
  }

  /// The seconds of one product, dealt as the engine deals it.
  private func multiply(_ weights: WeightMatrix, _ team: ThreadTeam, tokens: Int) throws -> Double {
    let activations = memory.activations(weights.activationFormat, tokens: tokens)
    let split = ProductSplit(rows: weights.rows, columns: weights.columns, tokens: tokens)
    let out = memory.out(tokens * weights.rows)
    let chunk = LoopChunk.pieces(of: split.pieces, threads: team.threads)
    let start = clock.nowSeconds()
    try team.forEach(count: split.pieces, chunk: chunk, cancellation: cancellation) { pieces, _ in
      for piece in pieces {
        kernels.multiply(
          weights, rows: split.rows(of: piece), by: activations, tokens: split.tokens(of: piece), into: out,
          outStride: weights.rows)
      }
    }
    return max(1e-9, clock.nowSeconds() - start)
  }

  /// Bytes a second of rows that each thread's own cache holds, with one token.
  private func cached(_ format: TensorFormat, _ team: ThreadTeam, seconds: Double) throws -> Double {
    let rowBytes = format.byteCount(values: ProbeMemory.columns) ?? 4 * ProbeMemory.columns
    let rows = max(32, 196_608 / rowBytes / 32 * 32)
    let weights = try matrix(format, rows: rows * team.threads)
    let activations = memory.activations(weights.activationFormat, tokens: 1)
    let out = memory.out(weights.rows)
    func turn(_ times: Int) throws -> Double {
      let start = clock.nowSeconds()
      try team.forEach(count: times * team.threads, cancellation: cancellation) { range, worker in
        for _ in range {
          kernels.multiply(
            weights, rows: worker * rows..<(worker + 1) * rows, by: activations, tokens: 0..<1, into: out,
            outStride: weights.rows)
        }
      }
      return max(1e-9, clock.nowSeconds() - start)
    }
    guard weights.rows == rows * team.threads else { return try decode(format, team, rows: rows) }
    let once = try turn(2) / 2
    let times = Int(min(max(1, seconds / once), 1000))
    return Double(times * weights.rows * rowBytes) / (try turn(times))
  }

  private func rate(
    _ format: TensorFormat, _ samples: [Samples], _ reads: [[Double]], _ bandwidth: Quantity, _ ceiling: Quantity
  ) throws(Refusal) -> FormatRate {
    let valueBytes = format.bitsPerValue / 8
    var byThreads: [FormatRate.ThreadRates] = []
    for ((team, samples), reads) in zip(zip(teams, samples), reads) {
      let decode = median(samples.decodeShare) * median(reads)
      // What one token costs is the same product, in operations.
      let single = FormatRate.BatchRate(batchTokens: 1, operationsPerSecond: 2 * decode / valueBytes)
      byThreads.append(
        FormatRate.ThreadRates(
          threads: team.threads, decodeBytesPerSecond: decode,
          decodeCacheBytesPerSecond: max(decode, median(samples.cache)),
          prefill: [single]
            + Self.batches.dropFirst().map {
              FormatRate.BatchRate(batchTokens: $0, operationsPerSecond: median(samples.prefill[$0] ?? []))
            }, spreadFraction: Uncertainty.together([Self.spread(samples.decodeShare), Self.spread(reads)])))
    }
    guard let widest = samples.last, let read = reads.last.map(median),
      let decode = SampleStatistics(widest.decodeShare.map { $0 * read }), let cache = SampleStatistics(widest.cache),
      let last = Self.batches.last,
      let prefill = SampleStatistics(widest.prefill[last] ?? []), let threads = teams.last?.threads
    else { throw Refusal(.measurementFailed, "The clock gave no usable time for \(format.name).") }
    let source = "\(kernels.tier.rawValue) kernels, \(threads) threads, median of single passes"
    let bytes = decode.quantity(
      source: "one token, weights from memory, beside bare reads of which the median is taken, \(source)")
    let operations = prefill.quantity(source: "\(last) tokens, \(source)")
    return FormatRate(
      format: format.name, isNativeKernel: kernels.isNative(format), decodeBytesPerSecond: bytes,
      decodeCacheBytesPerSecond: cache.quantity(source: "one token, weights in each thread's cache, \(source)"),
      decodeWeightsPerSecond: bytes.scaled(by: 1 / valueBytes),
      decodeBandwidthFraction: bandwidth.value > 0 ? bytes.value / bandwidth.value : 0,
      prefillOperationsPerSecond: operations,
      prefillComputeFraction: ceiling.value > 0 ? operations.value / ceiling.value : 0, byThreads: byThreads)
  }

  private func median(_ values: [Double]) -> Double { SampleStatistics(values)?.median ?? 0 }

  /// Half the range from the 10th to the 90th percentile over the median.
  static func spread(_ values: [Double]) -> Double {
    let sorted = values.filter(\.isFinite).sorted()
    let middle = percentile(0.5, ofSorted: sorted)
    guard sorted.count > 1, middle > 0 else { return 0 }
    return (percentile(0.9, ofSorted: sorted) - percentile(0.1, ofSorted: sorted)) / 2 / middle
  }
}

extension Quantity {
  /// The same measurement in another unit.
  func scaled(by factor: Double) -> Quantity {
    Quantity(
      value * factor, low: low.map { $0 * factor }, high: high.map { $0 * factor }, evidence: evidence,
      samples: samples, source: source)
  }
}
