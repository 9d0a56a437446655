package import TensorFormats

/// Q6_K: 256 values in 16 sub-blocks of 16; x = scale * scales[j] * (code - 32).
///
/// 128 bytes of low nibbles, 64 bytes of upper bit pairs, 16 signed scales, f16 scale. In each half of 128 values the nibbles of
/// value i are in byte i % 64 (low ones first), its bit pair in byte i % 32 at bits 2 (i / 32).
package enum Q6_KCodec: BlockCodec {
  package static let format = TensorFormat.q6_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 208)
    return (0..<256).map { i in
      let (half, rest) = (i / 128, i % 128)
      let low = block.code(at: half * 64 + rest % 64) >> (rest / 64 * 4) & 15
      let high = block.code(at: 128 + half * 32 + rest % 32) >> (rest / 32 * 2) & 3
      return scale * Double(block.signed(at: 192 + i / 16)) * Double(low | high << 4 - 32)
    }
  }

  /// Gives the value of largest magnitude in each sub-block the code 0, the end of the range that reaches one further.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let steps = (0..<16).map { j in
      Double(values[j * 16..<j * 16 + 16].max { abs($0) < abs($1) } ?? 0) / -32
    }
    let largest = steps.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: largest / -128, at: 208)
    let scales = steps.map { nearest($0, step: scale, in: -128...127) }
    for j in 0..<16 { block[192 + j] = UInt8(bitPattern: Int8(scales[j])) }
    for i in 0..<192 { block[i] = 0 }
    for (i, value) in values.enumerated() {
      let (half, rest) = (i / 128, i % 128)
      let code = nearest(Double(value), step: scale * Double(scales[i / 16]), in: -32...31) + 32
      block[half * 64 + rest % 64] |= UInt8(code & 15) << UInt8(rest / 64 * 4)
      block[128 + half * 32 + rest % 32] |= UInt8(code >> 4) << UInt8(rest / 32 * 2)
    }
  }
}
