package import TensorFormats

/// Q5_0: 32 values, an f16 scale, 32 fifth bits and 32 nibbles; x = scale * (code - 16), low nibbles first.
package enum Q5_0Codec: BlockCodec {
  package static let format = TensorFormat.q5_0

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    return fiveBitCodes(block, high: 2, low: 6).map { scale * Double($0 - 16) }
  }

  /// Gives the value of largest magnitude the code 0, which is the end of the range that reaches one further.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let largest = values.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: Double(largest) / -16, at: 0)
    let codes = values.map { UInt8(nearest(Double($0), step: scale, in: -16...15) + 16) }
    store(codes, into: block, high: 2, low: 6)
  }

  /// The 32 codes whose fifth bits begin at `high` and whose nibbles begin at `low`.
  static func fiveBitCodes(_ block: UnsafeRawBufferPointer, high: Int, low: Int) -> [Int] {
    (0..<32).map { i in
      let nibble = block.code(at: low + i % 16) >> (i < 16 ? 0 : 4) & 15
      return nibble | (block.code(at: high + i / 8) >> (i % 8) & 1) << 4
    }
  }

  /// Writes 32 codes with their fifth bits from `high` and their nibbles from `low` on.
  static func store(_ codes: [UInt8], into block: UnsafeMutableRawBufferPointer, high: Int, low: Int) {
    for i in 0..<4 { block[high + i] = codes[8 * i..<8 * i + 8].reversed().reduce(0) { $0 << 1 | $1 >> 4 } }
    for i in 0..<16 { block[low + i] = codes[i] & 15 | codes[i + 16] << 4 }
  }
}
