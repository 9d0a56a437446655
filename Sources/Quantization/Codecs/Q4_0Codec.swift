package import TensorFormats

/// Q4_0: 32 values, an f16 scale and 32 nibbles; x = scale * (code - 8), low nibbles first.
package enum Q4_0Codec: BlockCodec {
  package static let format = TensorFormat.q4_0

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    let low = (0..<16).map { scale * Double(block.code(at: 2 + $0) & 15 - 8) }
    return low + (0..<16).map { scale * Double(block.code(at: 2 + $0) >> 4 - 8) }
  }

  /// Gives the value of largest magnitude the code 0, which is the end of the range that reaches one further.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let largest = values.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: Double(largest) / -8, at: 0)
    let codes = values.map { UInt8(nearest(Double($0), step: scale, in: -8...7) + 8) }
    for i in 0..<16 { block[2 + i] = codes[i] | codes[i + 16] << 4 }
  }
}
