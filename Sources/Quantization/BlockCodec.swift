package import TensorFormats

/// How one format stores a block of values: the plain Swift that defines the meaning, which faster code must reproduce.
package protocol BlockDecoder: Sendable {
  /// The format of the blocks.
  static var format: TensorFormat { get }

  /// The exact values of the block at the start of `block`.
  ///
  /// Every factor has few enough bits that double precision holds each product, and all but extreme sums, without rounding.
  static func decode(_ block: UnsafeRawBufferPointer) -> [Double]
}

/// A format that values can also be turned into.
package protocol BlockCodec: BlockDecoder {
  /// Writes `values`, a full block of finite numbers, to `block`.
  ///
  /// Rounds to nearest on a grid that covers the block; values beyond the largest scale saturate.
  static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer)
}

/// The formats that Quantization reads and writes.
package enum Codecs {
  /// The codec of every format that can be written.
  package static let encoders: [any BlockCodec.Type] = [
    F32Codec.self, F16Codec.self, BF16Codec.self, Q4_0Codec.self, Q4_1Codec.self, Q5_0Codec.self, Q5_1Codec.self,
    Q8_0Codec.self, Q2_KCodec.self, Q3_KCodec.self, Q4_KCodec.self, Q5_KCodec.self, Q6_KCodec.self,
    IQ4_NLCodec.self, IQ4_XSCodec.self, MXFP4Codec.self,
  ]

  /// The decoder of every format that can be read.
  package static let decoders: [any BlockDecoder.Type] = encoders

  /// The formats that can be read.
  package static let readable: [TensorFormat] = decoders.map { $0.format }

  /// The formats that can be written.
  package static let writable: [TensorFormat] = encoders.map { $0.format }

  /// The exact values that `bytes` hold, or nil when the format cannot be read or the bytes are not whole blocks.
  package static func dequantize(_ bytes: [UInt8], format: TensorFormat) -> [Double]? {
    guard let decoder = decoders.first(where: { $0.format == format }) else { return nil }
    guard bytes.count.isMultiple(of: format.bytesPerBlock) else { return nil }
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: format.bytesPerBlock).flatMap {
        decoder.decode(UnsafeRawBufferPointer(rebasing: raw[$0..<$0 + format.bytesPerBlock]))
      }
    }
  }

  /// The blocks that hold `values`, or nil when the format cannot be written or the values do not fill whole blocks.
  ///
  /// Not-a-number counts as zero and infinities as the largest finite numbers.
  package static func quantize(_ values: [Float], format: TensorFormat) -> [UInt8]? {
    guard let encoder = encoders.first(where: { $0.format == format }) else { return nil }
    guard let size = format.byteCount(values: values.count) else { return nil }
    let finite = values.map {
      $0.isNaN ? 0 : min(max($0, -Float.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
    var bytes = [UInt8](repeating: 0, count: size)
    bytes.withUnsafeMutableBytes { raw in
      for block in 0..<values.count / format.valuesPerBlock {
        let from = block * format.valuesPerBlock
        let to = block * format.bytesPerBlock
        encoder.encode(
          Array(finite[from..<from + format.valuesPerBlock]),
          into: UnsafeMutableRawBufferPointer(rebasing: raw[to..<to + format.bytesPerBlock]))
      }
    }
    return bytes
  }
}
