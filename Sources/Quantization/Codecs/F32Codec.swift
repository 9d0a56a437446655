package import TensorFormats

/// F32: IEEE single precision.
package enum F32Codec: BlockCodec {
  package static let format = TensorFormat.f32

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    [Double(Float(bitPattern: UInt32(littleEndian: block.loadUnaligned(as: UInt32.self))))]
  }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    block.storeBytes(of: values[0].bitPattern.littleEndian, as: UInt32.self)
  }
}
