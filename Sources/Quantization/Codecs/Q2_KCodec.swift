package import TensorFormats

/// Q2_K: 256 values in 16 sub-blocks of 16; x = scale * (low nibble j) * code - minimum * (high nibble j).
///
/// 16 bytes of nibbles, 64 bytes of 2-bit codes, f16 scale and minimum. Each 32 bytes of codes hold 128 values: 32 in bits 0-1,
/// the next 32 in bits 2-3 and so on.
package enum Q2_KCodec: BlockCodec {
  package static let format = TensorFormat.q2_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 80), block.half(at: 82))
    return (0..<256).map { i in
      let factors = block.code(at: i / 16)
      let code = block.code(at: 16 + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2) & 3
      return scale * Double(factors & 15) * Double(code) - minimum * Double(factors >> 4)
    }
  }

  /// Covers each sub-block from its minimum, or zero if that is positive, to its maximum with 4 even steps.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let subBlocks = (0..<16).map { values[$0 * 16..<$0 * 16 + 16].map { Double($0) } }
    let minima = subBlocks.map { max(0, -($0.min() ?? 0)) }
    let steps = zip(subBlocks, minima).map { max(0, (($0.max() ?? 0) + $1) / 3) }
    let scale = block.store(half: (steps.max() ?? 0) / 15, at: 80)
    let minimum = block.store(half: (minima.max() ?? 0) / 15, at: 82)
    for i in 16..<80 { block[i] = 0 }
    for j in 0..<16 {
      let factor = nearest(steps[j], step: scale, in: 0...15)
      let offset = nearest(minima[j], step: minimum, in: 0...15)
      block[j] = UInt8(factor | offset << 4)
      for (i, value) in subBlocks[j].enumerated() {
        let code = nearest(value + minimum * Double(offset), step: scale * Double(factor), in: 0...3)
        block.storePair(code, value: 16 * j + i, at: 16)
      }
    }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Sets the two bits of value `value` among the 64 bytes from `offset` on, which are zero before.
  func storePair(_ code: Int, value: Int, at offset: Int) {
    self[offset + value / 128 * 32 + value % 32] |= UInt8(code << (value % 128 / 32 * 2))
  }
}
