/// The alphabet of byte-level tokens: each byte is written as one printable character.
///
/// Bytes that are printable in Latin-1 stand for themselves, the other 68 are U+0100 and on, in their order; published as
/// `bytes_to_unicode` with GPT-2 (openai/gpt-2, `src/encoder.py`).
enum ByteAlphabet {
  /// The UTF-8 of each byte's character: one or two bytes.
  static let encoded: [[UInt8]] = scalars.map { Array(String($0).utf8) }

  /// The bytes that a token's text stands for, or nil when it has a character of no byte, as special tokens may.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard scalar.value < UInt32(bytes.count), bytes[Int(scalar.value)] >= 0 else { return nil }
      result.append(UInt8(bytes[Int(scalar.value)]))
    }
    return result
  }

  private static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (UInt32(0)..<256).map { byte in
      let isPrintable = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)
      defer { next += isPrintable ? 0 : 1 }
      return Unicode.Scalar(isPrintable ? byte : next) ?? " "
    }
  }()

  /// From a character below U+0144 to its byte, or -1.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()
}
