package import TensorFormats

/// IQ4_XS: 256 values in 8 sub-blocks of 32; x = scale * (factor[j] - 32) * values[nibble], with the numbers of IQ4_NL.
///
/// f16 scale, 16 bits with the upper two of each factor, 4 bytes with their low four (first in the low nibble), and 16 bytes of
/// nibbles for each sub-block, low ones first.
package enum IQ4_XSCodec: BlockCodec {
  package static let format = TensorFormat.iq4_xs

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    return (0..<8).flatMap { j in
      let low = block.code(at: 4 + j / 2) >> (j % 2 * 4) & 15
      let high = block.code(at: 2 + j / 4) >> (j % 4 * 2) & 3
      let step = scale * Double((low | high << 4) - 32)
      return block.nibbles(at: 8 + 16 * j).map { step * Double(IQ4_NLCodec.values[$0]) }
    }
  }

  /// Gives the value of largest magnitude in each sub-block the code 0, which stands for the number of largest magnitude.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let steps = (0..<8).map { j in
      Double(values[j * 32..<j * 32 + 32].max { abs($0) < abs($1) } ?? 0) / -127
    }
    let largest = steps.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: largest / -32, at: 0)
    for i in 2..<8 { block[i] = 0 }
    for (j, step) in steps.enumerated() {
      let factor = nearest(step, step: scale, in: -32...31)
      block[4 + j / 2] |= UInt8((factor + 32) & 15) << UInt8(j % 2 * 4)
      block[2 + j / 4] |= UInt8((factor + 32) >> 4) << UInt8(j % 4 * 2)
      let codes = values[j * 32..<j * 32 + 32].map { IQ4_NLCodec.code(Double($0), step: scale * Double(factor)) }
      block.storeNibbles(codes, at: 8 + 16 * j)
    }
  }
}
