package import TensorFormats

/// Fills the tensors of a synthetic file with weights that mean nothing, stay in range and cost next to no time to make.
package struct SyntheticFiller {
  private struct Key: Hashable {
    let format: TensorFormat
    let columns: Int
  }

  private static let patternBytes = 1 << 20
  private static let pieceBytes = 1 << 16

  private var random: RandomBits
  private var patterns: [Key: BlockPattern] = [:]

  package init(seed: UInt64) { random = RandomBits(seed: seed) }

  /// Fills `target`, whole blocks of a tensor of `rows` rows of `columns` values.
  package mutating func fill(
    _ target: UnsafeMutableRawBufferPointer, name: String, format: TensorFormat, columns: Int, rows: Int
  ) {
    if format == .f32, let value = Self.constant(name, rows: rows) {
      let bits = value.bitPattern.littleEndian
      for offset in stride(from: 0, to: target.count, by: 4) {
        target.storeBytes(of: bits, toByteOffset: offset, as: UInt32.self)
      }
      return
    }
    let key = Key(format: format, columns: columns)
    let pattern =
      patterns[key]
      ?? BlockPattern(format: format, columns: columns, byteCount: Self.patternBytes, seed: random.next())
    patterns[key] = pattern
    let block = format.bytesPerBlock
    let piece = max(1, Self.pieceBytes / block) * block
    var offset = 0
    while offset < target.count {
      let count = min(piece, target.count - offset, pattern.bytes.count)
      let starts = UInt64((pattern.bytes.count - count) / block + 1)
      let begin = Int(random.next() % starts) * block
      pattern.bytes.withUnsafeBytes {
        target[offset..<offset + count].copyBytes(from: $0[begin..<begin + count])
      }
      offset += count
    }
  }

  /// The value of all elements of a vector: norms and stretches that change nothing, small biases, decays that are stable.
  private static func constant(_ name: String, rows: Int) -> Float? {
    if name.hasSuffix("ssm_a") { return -1 }
    if name.hasSuffix("norm.weight") || name.hasSuffix("ssm_d") || name.hasPrefix("rope_") { return 1 }
    guard rows == 1 else { return name.hasSuffix(".bias") ? 0.125 : nil }
    if name.hasSuffix(".bias") { return 0.125 }
    return name.hasSuffix("sinks.weight") ? 0 : 0.5
  }
}
