import Benchmarking
import Evidence
import Hardware
import Kernels
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures what this machine reaches with our own kernels, in a time budget.
struct MachineMeter {
  let kernels: KernelSet
  let team: ThreadTeam
  /// The bytes of weights that decode reads in a pass.
  let workingSetBytes: Int
  let cancellation: Cancellation?

  /// A row has 4096 values, as in the layers of models with about 8 billion parameters.
  private static let columns = 4096
  /// Prefill multiplies 512 rows with 64 tokens: enough for the path that unpacks weights once for many tokens.
  private static let prefillRows = 512
  private static let prefillTokens = 64

  init(kernels: KernelSet, threads: Int, workingSetBytes: Int, cancellation: Cancellation?) throws {
    self.kernels = kernels
    self.team = try ThreadTeam(threads: threads)
    self.workingSetBytes = workingSetBytes
    self.cancellation = cancellation
  }

  /// The working set for a machine: four times its last-level cache, 32 MiB to 1 GiB, and an eighth of what is usable at
  /// most.
  static func workingSetBytes(for machine: MachineDescription) -> Int {
    let (quadruple, overflow) = (machine.cpu.lastLevelCacheBytes ?? 32 << 20).multipliedReportingOverflow(by: 4)
    let wanted = min(max(overflow ? Int.max : quadruple, 32 << 20), 1 << 30)
    guard let usable = machine.memory.usableBytes else { return wanted }
    return max(1 << 20, min(wanted, usable / 8)) & ~((1 << 20) - 1)
  }

  /// Reads the working set again and again for about `seconds`.
  func readBandwidth(threads: Int, seconds: Double) throws -> MachineMeasurement.ReadBandwidth {
    let meter = PeakMeter(kernels: kernels, team: threads == team.threads ? team : try ThreadTeam(threads: threads))
    let rates = try meter.readBandwidths(
      bufferByteCount: workingSetBytes, spells: 6, seconds: seconds, cancellation: cancellation)
    // The first spell is warm-up: memory is mapped and the processor speeds up.
    guard let statistics = SampleStatistics(Array(rates.dropFirst())) else {
      throw Refusal(.measurementFailed, "The clock gave no usable time for reading memory.")
    }
    return MachineMeasurement.ReadBandwidth(
      threads: threads,
      bandwidthBytesPerSecond: statistics.quantity(
        source: "best pass of each spell over \(workingSetBytes >> 20) MiB, read by \(kernels.tier.rawValue) kernels"))
  }

  /// The ceilings in registers of int8 and f32 arithmetic.
  func ceilings(seconds: Double) throws -> (int8: Quantity, float32: Quantity) {
    let meter = PeakMeter(kernels: kernels, team: team)
    let spell = seconds / 16
    let int8 = try sampler(seconds: seconds / 2, warmUp: 1).run(cancellation: cancellation) {
      try meter.int8OperationsPerSecond(seconds: spell, cancellation: cancellation)
    }
    let float32 = try sampler(seconds: seconds / 2, warmUp: 1).run(cancellation: cancellation) {
      try meter.float32OperationsPerSecond(seconds: spell, cancellation: cancellation)
    }
    let source = "best pass of each spell, in registers, by \(kernels.tier.rawValue) kernels"
    return (try quantity(int8, "int8, " + source), try quantity(float32, "f32, " + source))
  }

  /// Runs the decode and the prefill kernel of each format for about `seconds` in all.
  func rates(
    formats: [TensorFormat], bandwidth: Quantity, int8: Quantity, float32: Quantity, seconds: Double, progress: Progress
  ) throws -> [FormatRate] {
    let buffer = try AlignedBuffer(byteCount: workingSetBytes)
    try fill(buffer.bytes)
    let share = seconds / Double(max(1, formats.count))
    return try formats.enumerated().map { index, format in
      progress.report("formats", Double(index) / Double(formats.count), format.name)
      let weights = UnsafeRawBufferPointer(buffer.bytes)
      let decode = try decode(format, weights, seconds: 0.6 * share)
      let prefill = try prefill(format, weights, seconds: 0.4 * share)
      let ceiling = ActivationFormat(for: format) == .q8 ? int8 : float32
      let source = "\(kernels.tier.rawValue) kernels, \(team.threads) threads"
      let bytes = try quantity(decode.run, "\(decode.what), \(source)")
      let operations = try quantity(prefill.run, "\(prefill.what), \(source)")
      return FormatRate(
        format: format.name, isNativeKernel: kernels.isNative(format), decodeBytesPerSecond: bytes,
        decodeWeightsPerSecond: bytes.scaled(by: 8 / format.bitsPerValue),
        decodeBandwidthFraction: fraction(bytes, of: bandwidth), prefillOperationsPerSecond: operations,
        prefillComputeFraction: fraction(operations, of: ceiling), decodeStopReason: decode.run.stopReason,
        prefillStopReason: prefill.run.stopReason)
    }
  }

  /// A pass over all the weights, or over as many as leave time for eight passes, a sixteenth at least: kernels so slow
  /// are not bound by memory, and what caches hold makes no difference to them.
  private func decode(_ format: TensorFormat, _ bytes: UnsafeRawBufferPointer, seconds: Double) throws -> Measured {
    let rowBytes = format.byteCount(values: Self.columns) ?? Self.columns * 4
    let all = max(1, bytes.count / rowBytes)
    let few = max(1, all / 16)
    let trial = try product(format, bytes, rows: few, tokens: 1, seconds: 0) { $0 }
    let secondsPerRow = (trial.statistics?.median ?? 0) / Double(few)
    let rows = secondsPerRow > 0 ? min(all, max(few, Int(min(seconds / 8 / secondsPerRow, 1e9)))) : all
    let run = try product(format, bytes, rows: rows, tokens: 1, seconds: seconds) { Double(rows * rowBytes) / $0 }
    return Measured(run: run, what: "one token, \(rows * rowBytes >> 20) MiB of weights")
  }

  private func prefill(_ format: TensorFormat, _ bytes: UnsafeRawBufferPointer, seconds: Double) throws -> Measured {
    let rowBytes = format.byteCount(values: Self.columns) ?? Self.columns * 4
    let rows = max(1, min(Self.prefillRows, bytes.count / rowBytes))
    let operations = 2 * rows * Self.columns * Self.prefillTokens
    let run = try product(format, bytes, rows: rows, tokens: Self.prefillTokens, seconds: seconds) {
      Double(operations) / $0
    }
    return Measured(run: run, what: "\(Self.prefillTokens) tokens, \(rows) x \(Self.columns) weights")
  }

  /// Samples of a rate and what they were taken of.
  private struct Measured {
    let run: SampleRun
    let what: String
  }

  /// Times products; `rate` turns the seconds of one into a sample.
  private func product(
    _ format: TensorFormat, _ bytes: UnsafeRawBufferPointer, rows: Int, tokens: Int, seconds: Double,
    rate: (Double) -> Double
  ) throws -> SampleRun {
    let activationFormat = ActivationFormat(for: format)
    let input = try AlignedBuffer(byteCount: tokens * Self.columns * MemoryLayout<Float>.stride)
    let values = input.values(of: Float.self, count: tokens * Self.columns)
    for index in values.indices { values[index] = Float(index % 17) / 16 - 0.5 }
    let packed = try AlignedBuffer(byteCount: tokens * activationFormat.byteCount(columns: Self.columns))
    let activations = ActivationMatrix(
      format: activationFormat, tokens: tokens, columns: Self.columns, bytes: packed.bytes)
    try team.quantizeActivations(
      UnsafeBufferPointer(values), stride: Self.columns, into: activations, kernels: kernels, cancellation: cancellation
    )
    let output = try AlignedBuffer(byteCount: tokens * rows * MemoryLayout<Float>.stride)
    let out = output.values(of: Float.self, count: tokens * rows)
    let layout = kernels.layout(for: format, rows: rows)
    guard
      let weights = WeightMatrix(format: format, rows: rows, columns: Self.columns, bytes: bytes, layout: layout)
    else {
      throw Refusal(.measurementFailed, "The working set of \(bytes.count) bytes is too small for \(format.name).")
    }
    let clock = MonotonicClock.system
    return try sampler(seconds: seconds, warmUp: 3).run(cancellation: cancellation) {
      let start = clock.nowSeconds()
      try team.multiply(
        weights, by: activations, into: out, outStride: rows, kernels: kernels, cancellation: cancellation)
      return rate(max(1e-9, clock.nowSeconds() - start))
    }
  }

  /// The byte 0x35 makes ordinary numbers of every format's scales (0.32 in f16, 6.7e-7 in f32), so that no kernel meets
  /// infinities or denormal numbers, which are slow on some processors.
  private func fill(_ bytes: UnsafeMutableRawBufferPointer) throws(Cancelled) {
    let piece = 1 << 20
    try team.forEach(count: (bytes.count + piece - 1) / piece, cancellation: cancellation) { range, _ in
      for index in range {
        let part = bytes[index * piece..<min(bytes.count, (index + 1) * piece)]
        // memset, because the standard library's generic loop is slow where it is not optimized.
        if let base = part.base.baseAddress { memset(base + part.startIndex, 0x35, part.count) }
      }
    }
  }

  private func sampler(seconds: Double, warmUp: Int) -> Sampler {
    Sampler(
      plan: SamplingPlan(
        minimumSamples: 5, maximumSamples: 60, targetSpreadFraction: 0.02, timeLimitSeconds: seconds,
        maximumWarmUpSamples: warmUp))
  }

  private func quantity(_ run: SampleRun, _ source: String) throws(Refusal) -> Quantity {
    guard let quantity = run.quantity(source: source) else {
      throw Refusal(.measurementFailed, "The clock gave no usable time for: \(source).")
    }
    return quantity
  }

  private func fraction(_ part: Quantity, of whole: Quantity) -> Double {
    whole.value > 0 ? part.value / whole.value : 0
  }
}

extension Quantity {
  /// The same measurement in another unit.
  fileprivate func scaled(by factor: Double) -> Quantity {
    Quantity(
      value * factor, low: low.map { $0 * factor }, high: high.map { $0 * factor }, evidence: evidence,
      samples: samples, source: source)
  }
}
