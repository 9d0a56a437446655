import Benchmarking
package import Evidence
package import Kernels
import Quantization
package import TensorFormats

/// How fast the kernels work on weights of one format, measured on matrices alone.
package struct KernelRate: Codable, Sendable, Hashable {
  /// The format's name, such as `Q4_0`.
  package var format: String
  /// The tier whose own kernel ran; a tier without one uses a slower tier's.
  package var isNative: Bool
  /// Weight bytes that the product with one token reads per second.
  package var decodeBytesPerSecond: Quantity
  /// Multiplications and additions per second of the product with a batch of tokens.
  package var prefillOperationsPerSecond: Quantity
}

extension KernelRate {
  /// The rows and columns of the measured matrices: rows as wide as a 1-billion-parameter model's.
  static let columns = 2048
  static let batchTokens = 64
  static let batchRows = 2048

  /// Measures one format with the threads of `team`; `bytes` of weights should be many times the last-level cache.
  package static func measure(
    _ format: TensorFormat, bytes: Int, seconds: Double, kernels: KernelSet, team: ThreadTeam,
    cancellation: Cancellation
  ) throws -> KernelRate {
    let rowBytes = format.byteCount(values: columns) ?? 0
    guard rowBytes > 0, let pattern = pattern(format) else {
      throw Refusal(.modelUnsupported, "no weights of the format \(format) can be made")
    }
    let rows = max(batchRows, bytes / rowBytes)
    let memory = try AlignedBuffer(byteCount: rows * rowBytes)
    try team.forEach(count: rows, chunk: 64, cancellation: cancellation) { range, _ in
      for row in range {
        UnsafeMutableRawBufferPointer(rebasing: memory.bytes[row * rowBytes..<(row + 1) * rowBytes])
          .copyBytes(from: pattern)
      }
    }
    let weights = UnsafeRawBufferPointer(memory.bytes)
    let decode = try rate(
      format, rows: rows, tokens: 1, weights: weights, seconds: seconds / 2, kernels: kernels, team: team,
      cancellation: cancellation)
    let prefill = try rate(
      format, rows: batchRows, tokens: batchTokens, weights: weights, seconds: seconds / 2, kernels: kernels,
      team: team, cancellation: cancellation)
    let threads = "\(team.threads) thread\(team.threads == 1 ? "" : "s"), tier \(kernels.tier.rawValue)"
    return KernelRate(
      format: format.name, isNative: kernels.isNative(format),
      decodeBytesPerSecond: decode.scaled(
        Double(rows * rowBytes), "product of \(rows) x \(columns) weights with one token, \(threads)"),
      prefillOperationsPerSecond: prefill.scaled(
        2 * Double(batchRows * columns * batchTokens),
        "product of \(batchRows) x \(columns) weights with \(batchTokens) tokens, \(threads)"))
  }

  /// Seconds that one product takes.
  private static func rate(
    _ format: TensorFormat, rows: Int, tokens: Int, weights: UnsafeRawBufferPointer, seconds: Double,
    kernels: KernelSet, team: ThreadTeam, cancellation: Cancellation
  ) throws -> SampleRun {
    let activationFormat = ActivationFormat(for: format)
    let activationMemory = try AlignedBuffer(byteCount: tokens * activationFormat.byteCount(columns: columns))
    let activations = ActivationMatrix(
      format: activationFormat, tokens: tokens, columns: columns, bytes: activationMemory.bytes)
    let values = (0..<tokens * columns).map { Float(($0 &* 37) % 255 - 127) / 127 }
    let out = try AlignedBuffer(byteCount: tokens * rows * MemoryLayout<Float>.stride)
    let results = out.bytes.bindMemory(to: Float.self)
    guard let matrix = WeightMatrix(format: format, rows: rows, columns: columns, bytes: weights) else {
      throw Refusal(.measurementFailed, "\(rows) x \(columns) values of \(format) do not fit their memory")
    }
    try values.withUnsafeBufferPointer {
      try team.quantizeActivations(
        $0, stride: columns, into: activations, kernels: kernels, cancellation: cancellation)
    }
    let plan = SamplingPlan(minimumSamples: 3, maximumSamples: 1000, targetSpreadFraction: 0, timeLimitSeconds: seconds)
    return try Sampler(plan: plan).time(cancellation: cancellation) {
      try team.multiply(
        matrix, by: activations, into: results, outStride: rows, kernels: kernels, cancellation: cancellation)
    }
  }

  /// One row of valid blocks.
  private static func pattern(_ format: TensorFormat) -> [UInt8]? {
    Codecs.quantize((0..<columns).map { Float(($0 &* 61) % 201 - 100) / 100 }, format: format)
  }
}

extension SampleRun {
  /// Work per second, when each sample is the seconds that `work` took.
  func scaled(_ work: Double, _ source: String) -> Quantity {
    guard let statistics, statistics.median > 0 else {
      return Quantity(0, evidence: .measured, samples: 0, source: source + "; no sample could be taken")
    }
    let low = statistics.medianInterval?.high ?? statistics.maximum
    let high = statistics.medianInterval?.low ?? statistics.minimum
    return Quantity(
      work / statistics.median, low: work / low, high: work / high, evidence: .measured, samples: statistics.count,
      source: source)
  }
}
