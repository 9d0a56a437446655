package import TensorFormats

/// BF16: the upper half of IEEE single precision.
package enum BF16Codec: BlockCodec {
  package static let format = TensorFormat.bf16

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let bits = UInt32(UInt16(littleEndian: block.loadUnaligned(as: UInt16.self)))
    return [Double(Float(bitPattern: bits << 16))]
  }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let bits = values[0].bitPattern
    // To nearest, ties to even; the largest finite numbers stay finite.
    let rounded = (bits & 0x7fff_ffff) > 0x7f7f_7fff ? bits : bits + 0x7fff + (bits >> 16 & 1)
    block.storeBytes(of: UInt16(rounded >> 16).littleEndian, as: UInt16.self)
  }
}
