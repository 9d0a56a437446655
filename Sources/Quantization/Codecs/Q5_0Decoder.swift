package import TensorFormats

/// Q5_0: 32 values, an f16 scale, 32 fifth bits and 32 nibbles; x = scale * (code - 16), low nibbles first.
package enum Q5_0Decoder: BlockDecoder {
  package static let format = TensorFormat.q5_0

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 0)
    return fiveBitCodes(block, high: 2, low: 6).map { scale * Double($0 - 16) }
  }

  /// The 32 codes whose fifth bits begin at `high` and whose nibbles begin at `low`.
  static func fiveBitCodes(_ block: UnsafeRawBufferPointer, high: Int, low: Int) -> [Int] {
    (0..<32).map { i in
      let nibble = block.code(at: low + i % 16) >> (i < 16 ? 0 : 4) & 15
      return nibble | (block.code(at: high + i / 8) >> (i % 8) & 1) << 4
    }
  }
}
