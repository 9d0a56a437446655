extension UnsafeRawBufferPointer {
  /// The f16 number at `offset`.
  func half(at offset: Int) -> Double {
    Double(Float16(bitPattern: UInt16(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))))
  }

  /// The signed byte at `offset`.
  func signed(at offset: Int) -> Int { Int(Int8(bitPattern: self[offset])) }

  /// The byte at `offset` as a number.
  func code(at offset: Int) -> Int { Int(self[offset]) }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes `value` as f16, held within the finite numbers, and returns what was written.
  @discardableResult
  func store(half value: Double, at offset: Int) -> Double {
    let largest = Double(Float16.greatestFiniteMagnitude)
    let half = Float16(Swift.min(Swift.max(value, -largest), largest))
    storeBytes(of: half.bitPattern.littleEndian, toByteOffset: offset, as: UInt16.self)
    return Double(half)
  }
}

/// `value / step` rounded to the nearest integer within `range`; the end nearest to zero when `step` is zero.
func nearest(_ value: Double, step: Double, in range: ClosedRange<Int>) -> Int {
  let ratio = step == 0 ? 0 : (value / step).rounded(.toNearestOrEven)
  return Int(min(max(ratio, Double(range.lowerBound)), Double(range.upperBound)))
}
