package import TensorFormats

/// Q8_0: 32 values, an f16 scale and 32 signed bytes; x = scale * code.
package enum Q8_0Codec: BlockCodec {
  package static let format = TensorFormat.q8_0

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    return (0..<32).map { scale * Double(block.signed(at: 2 + $0)) }
  }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let largest = values.reduce(0) { max($0, abs(Double($1))) }
    let scale = block.store(half: largest / 127, at: 0)
    for (i, value) in values.enumerated() {
      block[2 + i] = UInt8(bitPattern: Int8(nearest(Double(value), step: scale, in: -127...127)))
    }
  }
}
