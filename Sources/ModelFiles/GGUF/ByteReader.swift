/// A cursor over the bytes of one file; every read is checked against the end of the file before it happens.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  let path: String?
  var order: ByteOrder
  var offset: Int

  init(_ file: MappedFile, order: ByteOrder = .little, at offset: Int = 0) {
    bytes = file.bytes
    path = file.path
    self.order = order
    self.offset = offset
  }

  var remaining: Int { bytes.count - offset }

  /// Reads one number; `what` names it in the error that a short file gives.
  mutating func read<T: FixedWidthInteger>(_: T.Type, _ what: @autoclosure () -> String) throws(ModelFileError) -> T {
    let size = MemoryLayout<T>.size
    guard remaining >= size else { throw truncated(what(), needs: size) }
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
    offset += size
    return order == .little ? T(littleEndian: raw) : T(bigEndian: raw)
  }

  /// Reads the 64-bit length of a string and returns where its bytes lie, without copying them.
  mutating func stringBytes(_ what: @autoclosure () -> String) throws(ModelFileError) -> UnsafeRawBufferPointer {
    let start = offset
    let length = try read(UInt64.self, "the length of \(what())")
    guard length <= UInt64(remaining) else {
      throw ModelFileError(
        .truncated,
        "The length of \(what()) is \(length) bytes, but only \(remaining) bytes follow. "
          + "The file is truncated or damaged: download or copy it again.", path: path, byteOffset: start)
    }
    defer { offset += Int(length) }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(length)])
  }

  /// Moves over `count` bytes.
  mutating func skip(_ count: Int, _ what: @autoclosure () -> String) throws(ModelFileError) {
    guard count >= 0, count <= remaining else { throw truncated(what(), needs: count) }
    offset += count
  }

  func truncated(_ what: String, needs count: Int) -> ModelFileError {
    ModelFileError(
      .truncated,
      "The file ends inside \(what): \(count) bytes expected, \(remaining) left. "
        + "It is truncated: download or copy it again.", path: path, byteOffset: offset)
  }

  func malformed(_ message: String, at offset: Int) -> ModelFileError {
    ModelFileError(.malformed, message, path: path, byteOffset: offset)
  }
}
