/// The eight 6-bit scales and eight 6-bit minima that Q4_K and Q5_K pack into 12 bytes.
///
/// Bytes 0...3 and 4...7 hold scales and minima 0...3 in their low six bits; bytes 8...11 the low four bits of scales 4...7 (low
/// nibbles) and minima 4...7 (high nibbles), whose upper two bits are those of bytes 0...3 and 4...7.
struct SixBitScales {
  var scales = [Int](repeating: 0, count: 8)
  var minima = [Int](repeating: 0, count: 8)

  init(scales: [Int], minima: [Int]) {
    self.scales = scales
    self.minima = minima
  }

  init(_ block: UnsafeRawBufferPointer, at offset: Int) {
    for j in 0..<4 {
      let (first, second, third) = (
        block.code(at: offset + j), block.code(at: offset + 4 + j), block.code(at: offset + 8 + j)
      )
      scales[j] = first & 63
      minima[j] = second & 63
      scales[j + 4] = third & 15 | (first >> 6) << 4
      minima[j + 4] = third >> 4 | (second >> 6) << 4
    }
  }

  func write(to block: UnsafeMutableRawBufferPointer, at offset: Int) {
    for j in 0..<4 {
      block[offset + j] = UInt8(scales[j] | (scales[j + 4] >> 4) << 6)
      block[offset + 4 + j] = UInt8(minima[j] | (minima[j + 4] >> 4) << 6)
      block[offset + 8 + j] = UInt8(scales[j + 4] & 15 | (minima[j + 4] & 15) << 4)
    }
  }

  /// Writes the scales of a Q4_K or Q5_K block, f16 ones at its start and packed ones behind them, and returns the codes.
  ///
  /// Covers each sub-block from its minimum, or zero if that is positive, to its maximum with even steps.
  static func store(_ values: [Float], largestCode: Int, into block: UnsafeMutableRawBufferPointer) -> [UInt8] {
    let subBlocks = (0..<8).map { values[$0 * 32..<$0 * 32 + 32].map { Double($0) } }
    let minima = subBlocks.map { max(0, -($0.min() ?? 0)) }
    let steps = zip(subBlocks, minima).map { max(0, (($0.max() ?? 0) + $1) / Double(largestCode)) }
    let scale = block.store(half: (steps.max() ?? 0) / 63, at: 0)
    let minimum = block.store(half: (minima.max() ?? 0) / 63, at: 2)
    let packed = SixBitScales(
      scales: steps.map { nearest($0, step: scale, in: 0...63) },
      minima: minima.map { nearest($0, step: minimum, in: 0...63) })
    packed.write(to: block, at: 4)
    return (0..<8).flatMap { j in
      subBlocks[j].map { value in
        let offset = minimum * Double(packed.minima[j])
        return UInt8(nearest(value + offset, step: scale * Double(packed.scales[j]), in: 0...largestCode))
      }
    }
  }
}
