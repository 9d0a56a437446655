package import TensorFormats

/// IQ4_NL: 32 values, an f16 scale and 32 nibbles; x = scale * values[nibble], low nibbles first.
package enum IQ4_NLCodec: BlockCodec {
  package static let format = TensorFormat.iq4_nl

  /// What the codes stand for, ascending: a grid that is finer around zero.
  ///
  /// Source: the gguf package 0.19.0.
  static let values = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    return block.nibbles(at: 2).map { scale * Double(values[$0]) }
  }

  /// Gives the value of largest magnitude the code 0, which stands for the number of largest magnitude.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let largest = values.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: Double(largest) / -127, at: 0)
    block.storeNibbles(values.map { code(Double($0), step: scale) }, at: 2)
  }

  /// The code whose number is nearest to `value / step`; any when `step` is zero.
  static func code(_ value: Double, step: Double) -> Int {
    let ratio = step == 0 ? 0 : value / step
    return values.indices.min { abs(Double(values[$0]) - ratio) < abs(Double(values[$1]) - ratio) } ?? 0
  }
}

extension UnsafeRawBufferPointer {
  /// The low nibbles of 16 bytes, then their high ones.
  func nibbles(at offset: Int) -> [Int] {
    (0..<32).map { code(at: offset + $0 % 16) >> ($0 < 16 ? 0 : 4) & 15 }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes 32 codes: the first 16 as the low nibbles of 16 bytes, the others as their high ones.
  func storeNibbles(_ codes: [Int], at offset: Int) {
    for i in 0..<16 { self[offset + i] = UInt8(codes[i] | codes[i + 16] << 4) }
  }
}
