import OrderedCollections

/// Reads one value from a JSON tree, on its own or through the containers it hands out.
struct TreeDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSON
  let path: PathNode?

  var codingPath: [any CodingKey] { PathNode.codingPath(path) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw Self.mismatch("an object", value, path) }
    return KeyedDecodingContainer(KeyedReader<Key>(object: object, path: path))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let array) = value else { throw Self.mismatch("an array", value, path) }
    return UnkeyedReader(array: array, path: path)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  private func read<T>(_ expected: String, _ convert: (JSON) -> T?) throws -> T {
    if let converted = convert(value) { return converted }
    throw Self.mismatch(expected, value, path)
  }

  func decodeNil() -> Bool { value == .null }
  func decode(_ type: Bool.Type) throws -> Bool { try read("a boolean", \.bool) }
  func decode(_ type: String.Type) throws -> String { try read("a string", \.string) }
  func decode(_ type: Double.Type) throws -> Double { try read("a number", \.double) }
  func decode(_ type: Float.Type) throws -> Float { try read("a number") { $0.double.map { Float($0) } } }
  func decode(_ type: Int.Type) throws -> Int { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: Int8.Type) throws -> Int8 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: Int16.Type) throws -> Int16 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: Int32.Type) throws -> Int32 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: Int64.Type) throws -> Int64 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: UInt.Type) throws -> UInt { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try read(Self.range(type)) { $0.exactly(type) } }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try Self.decode(type, value, path: path) }

  /// Decodes any value; the common ones without a decoder of their own.
  static func decode<T: Decodable>(_ type: T.Type, _ value: JSON, path: PathNode?) throws -> T {
    if T.self == JSON.self, let value = value as? T { return value }
    if T.self == String.self {
      if let text = value.string as? T { return text }
      throw mismatch("a string", value, path)
    }
    if let members = T.self as? any OrderedMembersReader.Type, let members = try members.read(value, path) as? T {
      return members
    }
    return try T(from: TreeDecoder(value: value, path: path))
  }

  static func mismatch(_ expected: String, _ found: JSON, _ path: PathNode?) -> JSON.DecodeError {
    JSON.DecodeError(
      pointer: PathNode.pointer(path), message: "expected \(expected), found \(found.excerpt())")
  }

  static func range<T: FixedWidthInteger>(_ type: T.Type) -> String {
    type == Int.self || type == Int64.self ? "an integer" : "an integer from \(T.min) to \(T.max)"
  }
}

extension JSON {
  /// Decodes a `T`; the error names the place, what was expected and what was found.
  package func decode<T: Decodable>(_ type: T.Type = T.self) throws(DecodeError) -> T {
    do {
      return try TreeDecoder.decode(type, self, path: nil)
    } catch let error as DecodeError {
      throw error
    } catch let error as DecodingError {
      throw DecodeError(error)
    } catch {
      throw DecodeError(pointer: Pointer(), message: "\(error)")
    }
  }

  /// The value as a `T`, or nil when it is not a whole number in range.
  ///
  /// A fraction that is whole, such as `3.0`, counts as an integer, as in JSON Schema.
  func exactly<T: FixedWidthInteger>(_ type: T.Type) -> T? {
    switch self {
    case .integer(let value): T(exactly: value)
    case .number(let value) where value.magnitude <= 0x1p53: T(exactly: value)
    default: nil
    }
  }
}

/// An ordered dictionary with text keys, which is an object here and not the array that it makes of itself.
private protocol OrderedMembersReader {
  static func read(_ value: JSON, _ path: PathNode?) throws -> any OrderedMembersReader
}

extension OrderedDictionary: OrderedMembersReader where Key == String, Value: Decodable {
  fileprivate static func read(_ value: JSON, _ path: PathNode?) throws -> any OrderedMembersReader {
    guard case .object(let object) = value else { throw TreeDecoder.mismatch("an object", value, path) }
    var result = OrderedDictionary(minimumCapacity: object.count)
    for (key, value) in object {
      result[key] = try TreeDecoder.decode(Value.self, value, path: PathNode(path, .key(key)))
    }
    return result
  }
}

extension JSON.DecodeError {
  fileprivate init(_ error: DecodingError) {
    let context =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      @unknown default: DecodingError.Context(codingPath: [], debugDescription: "\(error)")
      }
    self.init(pointer: JSON.Pointer(context.codingPath.map(AnyKey.step)), message: context.debugDescription)
  }
}
