/// An array of the metadata, kept as a place in the file: a vocabulary of 256,000 tokens costs nothing until it is read.
///
/// The parser has checked every length inside it against the end of the file.
package struct MetadataArray: Sendable {
  package let elementType: MetadataType
  package let count: Int
  /// Where the first element starts in the file.
  package let byteOffset: Int
  /// The bytes of all elements.
  package let byteCount: Int
  let file: MappedFile
  let order: ByteOrder

  /// The elements as integers (booleans as 0 and 1), or nil when they are something else or do not fit.
  package func integers() -> [Int]? {
    guard elementType.isInteger || elementType == .bool else { return nil }
    return scalars { value in
      if case .bool(let value) = value { value ? 1 : 0 } else { value.integer }
    }
  }

  /// The elements as floating-point numbers, or nil when they are not numbers.
  package func doubles() -> [Double]? {
    guard elementType.isInteger || elementType.isFloating else { return nil }
    return scalars { $0.double }
  }

  /// The elements as text with invalid UTF-8 repaired, or nil when they are not strings.
  package func strings() -> [String]? {
    guard elementType == .string else { return nil }
    var result: [String] = []
    result.reserveCapacity(count)
    forEachString { result.append(String(decoding: $0, as: UTF8.self)) }
    return result
  }

  /// Calls `body` with the bytes of each string in order, without copying; does nothing when they are not strings.
  ///
  /// The bytes are valid only during the call.
  package func forEachString(_ body: (UnsafeRawBufferPointer) -> Void) {
    guard elementType == .string else { return }
    var reader = ByteReader(file, order: order, at: byteOffset)
    for _ in 0..<count {
      guard let bytes = try? reader.stringBytes("a string") else { return }
      body(bytes)
    }
  }

  /// The elements as arrays, or nil when they are something else.
  package func arrays() -> [MetadataArray]? {
    guard elementType == .array else { return nil }
    var reader = ByteReader(file, order: order, at: byteOffset)
    var result: [MetadataArray] = []
    for _ in 0..<count {
      guard let element = try? MetadataArray(reading: &reader, file: file, key: "", depth: 0) else { return nil }
      result.append(element)
    }
    return result
  }

  private func scalars<T>(_ convert: (MetadataValue) -> T?) -> [T]? {
    var reader = ByteReader(file, order: order, at: byteOffset)
    var result: [T] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      guard let value = try? reader.scalar(elementType, of: ""), let element = convert(value) else { return nil }
      result.append(element)
    }
    return result
  }
}

extension MetadataArray {
  /// Deeper nesting than any real file has; a file of nothing but array headers stops here.
  static let deepestNesting = 4

  /// Reads an array's header and walks over its elements, checking every length.
  init(reading reader: inout ByteReader, file: MappedFile, key: String, depth: Int) throws(ModelFileError) {
    let start = reader.offset
    guard depth < Self.deepestNesting else {
      throw reader.malformed(
        "The value of '\(key)' nests arrays more than \(Self.deepestNesting) deep. The file is damaged.", at: start)
    }
    elementType = try reader.metadataType(of: "an element of '\(key)'")
    let countOffset = reader.offset
    let declared = try reader.read(UInt64.self, "the element count of '\(key)'")
    let most = UInt64(reader.remaining / elementType.smallestByteCount)
    guard declared <= most else {
      throw ModelFileError(
        .truncated,
        "'\(key)' declares \(declared) elements of type \(elementType), but the \(reader.remaining) bytes "
          + "that follow hold at most \(most). The file is truncated or damaged: download or copy it again.",
        path: reader.path, byteOffset: countOffset)
    }
    count = Int(declared)
    byteOffset = reader.offset
    if let size = elementType.byteCount {
      try reader.skip(size * count, "the elements of '\(key)'")
    } else {
      for index in 0..<count {
        if elementType == .string {
          _ = try reader.stringBytes("element \(index) of '\(key)'")
        } else {
          _ = try MetadataArray(reading: &reader, file: file, key: key, depth: depth + 1)
        }
      }
    }
    byteCount = reader.offset - byteOffset
    self.file = file
    order = reader.order
  }
}
