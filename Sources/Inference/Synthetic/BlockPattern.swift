import TensorFormats

/// A stretch of valid blocks of one format with pseudo-random codes, from which synthetic matrices are copied together.
///
/// Values have mean zero and a standard deviation of one over the root of the row's length, as trained layers about have,
/// so that activations stay in range however many layers follow each other.
struct BlockPattern {
  let format: TensorFormat
  let bytes: [UInt8]

  /// Makes at least one row, and about `byteCount` bytes, for rows of `columns` values.
  init(format: TensorFormat, columns: Int, byteCount: Int, seed: UInt64) {
    self.format = format
    let blocks = max(1, columns / format.valuesPerBlock, byteCount / format.bytesPerBlock)
    var random = RandomBits(seed: seed)
    let deviation = 1 / Double(columns).squareRoot()
    let count = blocks * format.bytesPerBlock
    bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in buffer.indices { buffer[index] = random.nextByte() }
      initialized = count
      for block in 0..<blocks {
        let raw = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[
            block * format.bytesPerBlock..<(block + 1) * format.bytesPerBlock])
        // Scales differ from block to block by up to a quarter either way.
        let variation = 0.75 + 0.5 * Double(random.nextByte()) / 255
        Self.finish(raw, format: format, deviation: deviation * variation)
      }
    }
  }

  /// Sets the scales of a block whose codes are random bytes already; plain formats get a random value.
  private static func finish(_ block: UnsafeMutableRawBufferPointer, format: TensorFormat, deviation: Double) {
    func half(_ value: Double, at offset: Int) {
      let bits = HalfBits.rounding(Float(value))
      block.storeBytes(of: bits.littleEndian, toByteOffset: offset, as: UInt16.self)
    }
    // A byte is uniform in 0...255, with a standard deviation of 73.9; codes of b bits have (4^b - 1) / 12 as variance.
    let plain = (Double(block[0]) - 127.5) / 73.9 * deviation
    switch format {
    case .f32: block.storeBytes(of: Float(plain).bitPattern.littleEndian, as: UInt32.self)
    case .f16: half(plain, at: 0)
    case .bf16: block.storeBytes(of: UInt16(Float(plain).bitPattern >> 16).littleEndian, as: UInt16.self)
    case .q8_0: half(deviation / 73.9, at: 0)
    case .q4_0: half(deviation / 4.61, at: 0)
    case .q5_0: half(deviation / 9.23, at: 0)
    // A minimum that is added is minus the mean code.
    case .q4_1:
      half(deviation / 4.61, at: 0)
      half(deviation / 4.61 * -7.5, at: 2)
    case .q5_1:
      half(deviation / 9.23, at: 0)
      half(deviation / 9.23 * -15.5, at: 2)
    // The numbers that codes stand for have these standard deviations.
    case .iq4_nl: half(deviation / 67.2, at: 0)
    case .mxfp4: block[0] = exponent(deviation / 2.93, random: block[0])
    case .q4_k, .q5_k:
      // Every scale and every minimum of the sub-blocks is 21 (0b010101): their two upper bits are 0b01, their lower four
      // 0b0101. The block's minimum is so many scales as the mean code.
      let (spread, mean) = format == .q4_k ? (4.61, 7.5) : (9.23, 15.5)
      half(deviation / spread / 21, at: 0)
      half(deviation / spread / 21 * mean, at: 2)
      for index in 4..<16 { block[index] = 0b0101_0101 }
    case .q6_k:
      for index in 192..<208 { block[index] = block[index] & 1 == 0 ? 6 : 250 }
      half(deviation / 18.5 / 6, at: 208)
    case .q2_k:
      for index in 0..<16 { block[index] = 0x88 }
      half(deviation / 1.12 / 8, at: 80)
      half(deviation / 1.12 / 8 * 1.5, at: 82)
    // Every factor is 40, of which 32 is subtracted: the lower four bits are 0b1000, the upper two 0b10.
    case .q3_k:
      for index in 96..<108 { block[index] = index < 104 ? 0b1000_1000 : 0b1010_1010 }
      half(deviation / 2.29 / 8, at: 108)
    case .iq4_xs:
      for index in 2..<8 { block[index] = index < 4 ? 0b1010_1010 : 0b1000_1000 }
      half(deviation / 67.2 / 8, at: 0)
    // Codes of these point into tables of which every entry is valid; the divisors are the deviations of what they stand for.
    case .iq2_xxs, .iq2_xs, .iq2_s: half(deviation / 42, at: 0)
    case .iq3_xxs: half(deviation / 92, at: 0)
    case .iq3_s: half(deviation / 129, at: 0)
    case .iq1_s: half(deviation / 7.4, at: 0)
    case .iq1_m: spread(HalfBits.rounding(Float(deviation / 7.4)), over: block)
    case .tq1_0: half(deviation / 0.82, at: 52)
    case .tq2_0: half(deviation / 1.12, at: 64)
    default: preconditionFailure("no recipe uses \(format)")
    }
  }

  /// Puts the scale of an IQ1_M block into the upper four bits of its last four 16-bit words, lowest first.
  private static func spread(_ bits: UInt16, over block: UnsafeMutableRawBufferPointer) {
    for word in 0..<4 {
      let upper = UInt8(truncatingIfNeeded: bits >> (4 * word)) << 4
      block[48 + 2 * word + 1] = block[48 + 2 * word + 1] & 0x0f | upper
    }
  }

  /// The E8M0 exponent of a power of two next to `scale`: the greater one with the probability that makes their mean `scale`.
  private static func exponent(_ scale: Double, random: UInt8) -> UInt8 {
    let isGreater = scale.significand - 1 > Double(random) / 256
    return UInt8(clamping: min(Int(scale.exponent) + (isGreater ? 128 : 127), 254))
  }
}
