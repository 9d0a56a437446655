package import TensorFormats

/// MXFP4: 32 values, an exponent and 32 nibbles; x = 2^(exponent - 127) * (E2M1 number), low nibbles first.
///
/// The exponent is an E8M0 number of the OCP Microscaling (MX) specification 1.0: 255 is not-a-number, and then so are all
/// values.
package enum MXFP4Codec: BlockCodec {
  package static let format = TensorFormat.mxfp4

  /// The numbers that codes 0...7 stand for; codes 8...15 are their negatives.
  static let values = [0, 0.5, 1, 1.5, 2, 3, 4, 6]

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let exponent = block.code(at: 0)
    let scale = exponent == 255 ? .nan : Double(sign: .plus, exponent: exponent - 127, significand: 1)
    return block.nibbles(at: 1).map { ($0 < 8 ? scale : -scale) * values[$0 & 7] }
  }

  /// Takes the power of two by which the value of largest magnitude lies within 4 ..< 8, as the specification says; values
  /// beyond 6 saturate.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let largest = values.reduce(0) { max($0, abs(Double($1))) }
    let exponent = largest == 0 ? 0 : min(max(Int(largest.exponent) - 2 + 127, 0), 252)
    block[0] = UInt8(exponent)
    let scale = Double(sign: .plus, exponent: exponent - 127, significand: 1)
    let codes = values.map { value in
      let ratio = abs(Double(value)) / scale
      let code = Self.values.indices.min { abs(Self.values[$0] - ratio) < abs(Self.values[$1] - ratio) } ?? 0
      return value < 0 && code > 0 ? code + 8 : code
    }
    block.storeNibbles(codes, at: 1)
  }
}
