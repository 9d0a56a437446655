package import TensorFormats

/// F16: IEEE half precision.
package enum F16Codec: BlockCodec {
  package static let format = TensorFormat.f16

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] { [block.half(at: 0)] }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    block.store(half: Double(values[0]), at: 0)
  }
}
