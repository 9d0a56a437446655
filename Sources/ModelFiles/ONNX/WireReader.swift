/// A cursor over protocol-buffer fields in a mapped file, which steps over what it is not asked for without touching it.
///
/// Source of the layout: the Protocol Buffers encoding guide.
struct WireReader {
  /// How a field is stored.
  enum Kind: UInt64 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  /// One field: its number, and where its value lies.
  struct Field {
    var number: UInt64
    var kind: Kind
    /// The value of a varint; 0 for the others.
    var value: UInt64
    /// Where the value lies in the file, without its length.
    var span: Range<Int>
    /// Where the field starts in the file.
    var start: Int
  }

  let file: MappedFile
  private(set) var offset: Int
  let end: Int

  init(_ file: MappedFile, _ span: Range<Int>) {
    self.file = file
    offset = span.lowerBound
    end = span.upperBound
  }

  /// The next field, or nil at the end.
  mutating func next() throws(ModelFileError) -> Field? {
    guard offset < end else { return nil }
    let start = offset
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw malformed("A field of this file has the number \(tag >> 3); numbers are 1 to 536870911.", at: start)
    }
    guard let kind = Kind(rawValue: tag & 7) else {
      throw malformed("A field has the wire type \(tag & 7), which no ONNX file uses.", at: start)
    }
    var field = Field(number: tag >> 3, kind: kind, value: 0, span: offset..<offset, start: start)
    switch kind {
    case .varint:
      field.value = try varint()
      field.span = field.span.lowerBound..<offset
    case .fixed64: field.span = try span(8, at: start)
    case .fixed32: field.span = try span(4, at: start)
    case .bytes:
      let length = try varint()
      field.span = try span(length, at: start)
    }
    return field
  }

  private mutating func span(_ length: UInt64, at start: Int) throws(ModelFileError) -> Range<Int> {
    guard length <= UInt64(end - offset) else {
      throw ModelFileError(
        .truncated,
        "A field of \(length) bytes starts here, but only \(end - offset) bytes follow in its part of the file. "
          + "The file is truncated or damaged: download or copy it again.", path: file.path, byteOffset: start)
    }
    let from = offset
    offset += Int(length)
    return from..<offset
  }

  private mutating func varint() throws(ModelFileError) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard offset < end else {
        throw ModelFileError(
          .truncated, "The file ends inside a number. It is truncated or damaged: download or copy it again.",
          path: file.path, byteOffset: start)
      }
      let byte = file.bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw malformed("A number here is longer than 10 bytes.", at: start)
  }

  private func malformed(_ message: String, at place: Int) -> ModelFileError {
    ModelFileError(
      .malformed, message + " The file is damaged, or not an ONNX model.", path: file.path, byteOffset: place)
  }
}
