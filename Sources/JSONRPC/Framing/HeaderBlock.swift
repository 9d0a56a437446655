/// The headers before a body: names in any case, lines ended by LF or CRLF, unknown headers ignored.
struct HeaderBlock {
  /// How many bytes the body has, or nil when the headers do not say so reliably.
  private(set) var length: Int?
  /// What is wrong; with a length the body can still be skipped.
  private(set) var fault: String?

  init(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) {
      let line = Self.trimmed(line)
      guard !line.isEmpty else { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        length = nil
        fault = "a header without a colon: \"\(Self.shown(line))\""
        return
      }
      let value = Self.trimmed(line[(colon + 1)...])
      switch String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self).lowercased() {
      case "content-length":
        guard let count = Self.count(value) else {
          length = nil
          fault = "Content-Length must be a number of bytes, found \"\(Self.shown(value))\""
          return
        }
        if let length, length != count {
          fault = "two different Content-Length headers, \(length) and \(count)"
          self.length = nil
          return
        }
        length = count
      case "content-type":
        let charset = Self.charset(value)
        if !["utf-8", "utf8"].contains(charset) {
          fault = "the charset \"\(charset.prefix(40))\" is not supported; send UTF-8"
        }
      default: break
      }
    }
    if length == nil { fault = "the headers of a message have no Content-Length" }
  }

  private static func count(_ digits: ArraySlice<UInt8>) -> Int? {
    let isNumber = !digits.isEmpty && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    return isNumber ? Int(String(decoding: digits, as: UTF8.self)) : nil
  }

  /// The charset of a media type, which is UTF-8 when it is not given.
  private static func charset(_ value: ArraySlice<UInt8>) -> String {
    let parameters = String(decoding: value, as: UTF8.self).lowercased().split(separator: ";").dropFirst()
    for parameter in parameters {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }) == "charset" else { continue }
      return parts[1].filter { $0 != " " && $0 != "\"" }
    }
    return "utf-8"
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return bytes[start..<end]
  }

  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(40), as: UTF8.self)
  }
}
