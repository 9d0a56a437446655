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
}
