import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Blocks of one format with the values that the `gguf` package reads from them; `Fixtures/make_blocks.py` wrote them.
struct BlockFixture {
  let format: TensorFormat
  let bytes: [UInt8]
  let values: [Float]

  struct Malformed: Error {}

  static func all(file: String = #filePath) throws -> [BlockFixture] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let stream = fopen(folder + "/Fixtures/blocks.txt", "r") else { throw Malformed() }
    defer { fclose(stream) }
    var text: [UInt8] = []
    while case let byte = getc(stream), byte != EOF { text.append(UInt8(byte)) }
    return try text.split(separator: UInt8(ascii: "\n")).map { line in
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count == 3, let format = TensorFormat(name: String(decoding: words[0], as: UTF8.self)) else {
        throw Malformed()
      }
      let bits = try octets(words[2])
      let values = stride(from: 0, to: bits.count, by: 4).map { at in
        Float(bitPattern: bits[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) })
      }
      return BlockFixture(format: format, bytes: try octets(words[1]), values: values)
    }
  }

  private static func octets(_ digits: ArraySlice<UInt8>) throws -> [UInt8] {
    try stride(from: digits.startIndex, to: digits.endIndex, by: 2).map { at in
      guard let octet = UInt8(String(decoding: digits[at..<at + 2], as: UTF8.self), radix: 16) else {
        throw Malformed()
      }
      return octet
    }
  }
}
