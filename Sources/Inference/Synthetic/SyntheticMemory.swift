import Kernels
import TensorFormats

/// The memory of a synthetic model's matrices, one after the other.
final class SyntheticMemory {
  private let buffer: AlignedBuffer
  private var used = 0

  init(byteCount: Int) throws(InferenceError) {
    do { buffer = try AlignedBuffer(byteCount: byteCount) } catch {
      throw .allocationFailed(purpose: "synthetic weights", bytes: byteCount)
    }
  }

  /// What `matrix` takes here: its bytes, up to a multiple of a cache line.
  static func reservedBytes(_ matrix: PlannedMatrix) -> Int { (matrix.byteCount + 63) & ~63 }

  /// Fills the next free bytes with pieces of `pattern`, taken at random blocks so that rows differ.
  func fill(
    _ matrix: PlannedMatrix, from pattern: BlockPattern, layout: WeightLayout = .rows, random: inout RandomBits,
    cancellation: Cancellation?
  ) throws(InferenceError) -> WeightMatrix {
    let start = used
    precondition(start + matrix.byteCount <= buffer.bytes.count)
    let target = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[start..<start + matrix.byteCount])
    used += Self.reservedBytes(matrix)
    let blockBytes = matrix.format.bytesPerBlock
    let pieceBytes = max(1, 65_536 / blockBytes) * blockBytes
    var offset = 0
    while offset < target.count {
      if cancellation?.isCancelled == true { throw .cancelled }
      let count = min(pieceBytes, target.count - offset, pattern.bytes.count)
      let starts = UInt64((pattern.bytes.count - count) / blockBytes + 1)
      let begin = Int(random.next() % starts) * blockBytes
      pattern.bytes.withUnsafeBytes {
        target[offset..<offset + count].copyBytes(from: $0[begin..<begin + count])
      }
      offset += count
    }
    if layout == .strips { Self.weave(target, matrix) }
    guard
      let bound = WeightMatrix(
        format: matrix.format, rows: matrix.rows, columns: matrix.columns, bytes: UnsafeRawBufferPointer(target),
        layout: layout)
    else { preconditionFailure("the plan's bytes are those of its matrix") }
    return bound
  }

  /// Turns the rows of `bytes` into strips where they are.
  private static func weave(_ bytes: UnsafeMutableRawBufferPointer, _ matrix: PlannedMatrix) {
    let stripBytes = KernelSet.stripRows * matrix.byteCount / max(1, matrix.rows)
    withUnsafeTemporaryAllocation(byteCount: stripBytes, alignment: 64) { rows in
      for begin in stride(from: 0, to: bytes.count, by: stripBytes) {
        let strip = UnsafeMutableRawBufferPointer(rebasing: bytes[begin..<begin + stripBytes])
        rows.copyMemory(from: UnsafeRawBufferPointer(strip))
        KernelSet.weave(UnsafeRawBufferPointer(rows), format: matrix.format, columns: matrix.columns, into: strip)
      }
    }
  }
}
