extension ByteReader {
  /// Reads a type number and refuses those that GGUF does not have.
  mutating func metadataType(of what: @autoclosure () -> String) throws(ModelFileError) -> MetadataType {
    let start = offset
    let id = try read(UInt32.self, "the type of \(what())")
    guard let type = MetadataType(rawValue: id) else {
      throw malformed(
        "The type number of \(what()) is \(id); GGUF has 0 to \(MetadataType.allCases.count - 1). The file is damaged.",
        at: start)
    }
    return type
  }

  /// Reads one value that is neither a string nor an array.
  mutating func scalar(_ type: MetadataType, of key: @autoclosure () -> String) throws(ModelFileError) -> MetadataValue
  {
    func what() -> String { "the value of '\(key())'" }
    switch type {
    case .uint8: return .unsigned(UInt64(try read(UInt8.self, what())))
    case .int8: return .signed(Int64(try read(Int8.self, what())))
    case .uint16: return .unsigned(UInt64(try read(UInt16.self, what())))
    case .int16: return .signed(Int64(try read(Int16.self, what())))
    case .uint32: return .unsigned(UInt64(try read(UInt32.self, what())))
    case .int32: return .signed(Int64(try read(Int32.self, what())))
    case .float32: return .floating(Double(Float(bitPattern: try read(UInt32.self, what()))))
    case .bool: return .bool(try read(UInt8.self, what()) != 0)
    case .uint64: return .unsigned(try read(UInt64.self, what()))
    case .int64: return .signed(try read(Int64.self, what()))
    case .float64: return .floating(Double(bitPattern: try read(UInt64.self, what())))
    case .string, .array: throw malformed("\(what()) is not a single number.", at: offset)
    }
  }

  /// Reads a name (a key or a tensor's), which must be valid UTF-8, not empty and at most 65,535 bytes long.
  ///
  /// Source of the limit: the GGUF specification, metadata keys.
  mutating func name(_ what: String) throws(ModelFileError) -> String {
    let start = offset
    let bytes = try stringBytes(what)
    guard !bytes.isEmpty else { throw malformed("\(what) is empty. The file is damaged.", at: start) }
    guard bytes.count <= Int(UInt16.max) else {
      throw malformed(
        "\(what) is \(bytes.count) bytes long; at most 65535 are allowed. The file is damaged.", at: start)
    }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw malformed("\(what) is not valid UTF-8. The file is damaged.", at: start)
    }
    return name
  }
}
