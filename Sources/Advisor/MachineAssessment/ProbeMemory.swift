import Kernels
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The memory of a measurement: weights in huge pages, and the activations that are multiplied with them.
final class ProbeMemory {
  /// The values of a row: between those of models with 0.1 and with 8 billion parameters.
  static let columns = 2048
  static let mostTokens = 512
  /// The rows of the largest product of many tokens.
  static let mostRows = 16_384

  private let weightBuffer: AlignedBuffer
  private let floatBuffer: AlignedBuffer
  private let roundedBuffer: AlignedBuffer
  private let stepsBuffer: AlignedBuffer
  private let halvesBuffer: AlignedBuffer
  private let outBuffer: AlignedBuffer
  private var next = 0

  /// Reserves and fills `byteCount` bytes of weights.
  init(byteCount: Int, team: ThreadTeam, kernels: KernelSet, cancellation: Cancellation?) throws {
    weightBuffer = try AlignedBuffer(byteCount: byteCount)
    floatBuffer = try AlignedBuffer(
      byteCount: Self.mostTokens * ActivationFormat.float32.byteCount(columns: Self.columns))
    roundedBuffer = try AlignedBuffer(byteCount: Self.mostTokens * ActivationFormat.q8.byteCount(columns: Self.columns))
    stepsBuffer = try AlignedBuffer(
      byteCount: Self.mostTokens * ActivationFormat.q8Steps.byteCount(columns: Self.columns))
    halvesBuffer = try AlignedBuffer(
      byteCount: Self.mostTokens * ActivationFormat.bfloat16.byteCount(columns: Self.columns))
    outBuffer = try AlignedBuffer(
      byteCount: max(Self.mostTokens * 2048, 1 << 20) * MemoryLayout<Float>.stride)
    try Self.fill(weightBuffer.bytes, team, cancellation)
    let values = floatBuffer.values(of: Float.self, count: Self.mostTokens * Self.columns)
    for index in values.indices { values[index] = Float(index % 17) / 16 - 0.5 }
    for format in ActivationFormat.rounded {
      try team.quantizeActivations(
        UnsafeBufferPointer(values), stride: Self.columns, into: activations(format, tokens: Self.mostTokens),
        kernels: kernels, cancellation: cancellation)
    }
  }

  var weights: UnsafeRawBufferPointer { UnsafeRawBufferPointer(weightBuffer.bytes) }

  /// Room for `tokens` times `rows` results; the products never ask for more than there is.
  func out(_ count: Int) -> UnsafeMutableBufferPointer<Float> { outBuffer.values(of: Float.self, count: count) }

  var outCount: Int { outBuffer.bytes.count / MemoryLayout<Float>.stride }

  func activations(_ format: ActivationFormat, tokens: Int) -> ActivationMatrix {
    let bytes =
      switch format {
      case .float32: floatBuffer.bytes
      case .bfloat16: halvesBuffer.bytes
      case .q8: roundedBuffer.bytes
      case .q8Steps: stepsBuffer.bytes
      }
    return ActivationMatrix(format: format, tokens: tokens, columns: Self.columns, bytes: bytes)
  }

  /// The next `rows` rows of weights in the layout that the engine gives them, which no cache holds any more once the memory is
  /// many times as large; fewer where it is too small.
  func nextMatrix(_ format: TensorFormat, rows: Int, _ kernels: KernelSet) -> WeightMatrix? {
    let rowBytes = format.byteCount(values: Self.columns) ?? Self.columns * 4
    let count = min(rows, weights.count / rowBytes) / 32 * 32
    guard count > 0 else { return nil }
    // All bytes are the same, so that woven rows look like any others.
    return WeightMatrix(
      format: format, rows: count, columns: Self.columns, bytes: nextBytes(count * rowBytes),
      layout: kernels.layout(for: format, rows: count))
  }

  /// The next `count` bytes, at most all, which no cache holds any more.
  func nextBytes(_ count: Int) -> UnsafeRawBufferPointer {
    let count = min(count, weights.count)
    if next + count > weights.count { next = 0 }
    let part = UnsafeRawBufferPointer(rebasing: weights[next..<next + count])
    next = (next + count + 63) & ~63
    return part
  }

  /// The byte 0x35 makes ordinary numbers of every format's scales (0.32 in f16, 6.7e-7 in f32), so that no kernel meets
  /// infinities or denormal numbers, which are slow on some processors.
  private static func fill(
    _ bytes: UnsafeMutableRawBufferPointer, _ team: ThreadTeam, _ cancellation: Cancellation?
  ) throws(Cancelled) {
    let piece = 2 << 20
    try team.forEach(count: (bytes.count + piece - 1) / piece, cancellation: cancellation) { range, _ in
      for index in range {
        let part = bytes[index * piece..<min(bytes.count, (index + 1) * piece)]
        // memset, because the standard library's generic loop is slow where it is not optimized.
        if let base = part.base.baseAddress { memset(base + part.startIndex, 0x35, part.count) }
      }
    }
  }
}
