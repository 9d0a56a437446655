package import TensorFormats

/// Q4_K: 256 values in 8 sub-blocks of 32; x = scale * scales[j] * code - minimum * minima[j].
///
/// f16 scale and minimum, 12 bytes of 6-bit scales and minima, 128 bytes of nibbles: each 32 bytes hold two sub-blocks, the first
/// in the low nibbles.
package enum Q4_KCodec: BlockCodec {
  package static let format = TensorFormat.q4_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    let packed = SixBitScales(block, at: 4)
    return (0..<256).map { i in
      let j = i / 32
      let code = block.code(at: 16 + j / 2 * 32 + i % 32) >> (j % 2 * 4) & 15
      return scale * Double(packed.scales[j]) * Double(code) - minimum * Double(packed.minima[j])
    }
  }

  /// Covers each sub-block from its minimum, or zero if that is positive, to its maximum with 16 even steps.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let subBlocks = (0..<8).map { values[$0 * 32..<$0 * 32 + 32].map { Double($0) } }
    let minima = subBlocks.map { max(0, -($0.min() ?? 0)) }
    let steps = zip(subBlocks, minima).map { max(0, (($0.max() ?? 0) + $1) / 15) }
    let scale = block.store(half: (steps.max() ?? 0) / 63, at: 0)
    let minimum = block.store(half: (minima.max() ?? 0) / 63, at: 2)
    let packed = SixBitScales(
      scales: steps.map { nearest($0, step: scale, in: 0...63) },
      minima: minima.map { nearest($0, step: minimum, in: 0...63) })
    packed.write(to: block, at: 4)
    for j in 0..<8 {
      for (i, value) in subBlocks[j].enumerated() {
        let offset = minimum * Double(packed.minima[j])
        let code = UInt8(nearest(value + offset, step: scale * Double(packed.scales[j]), in: 0...15))
        let at = 16 + j / 2 * 32 + i
        block[at] = j % 2 == 0 ? code : block[at] | code << 4
      }
    }
  }
}
