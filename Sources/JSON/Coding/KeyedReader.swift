import OrderedCollections

/// Reads the members of an object.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSON.Object
  let path: PathNode?

  var codingPath: [any CodingKey] { PathNode.codingPath(path) }
  var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

  private func value<T>(_ key: Key, _ expected: String, _ convert: (JSON) -> T?) throws -> T {
    guard let value = object[key.stringValue] else { throw missing(key, expected) }
    if let converted = convert(value) { return converted }
    throw TreeDecoder.mismatch(expected, value, PathNode(path, .key(key.stringValue)))
  }

  private func missing(_ key: Key, _ expected: String) -> JSON.DecodeError {
    JSON.DecodeError(
      pointer: PathNode.pointer(PathNode(path, .key(key.stringValue))),
      message: "expected \(expected), found no such member")
  }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key, "a value") { $0 == .null } }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key, "a boolean", \.bool) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key, "a string", \.string) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key, "a number", \.double) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try value(key, "a number") { $0.double.map { Float($0) } }
  }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try value(key, TreeDecoder.range(type)) { $0.exactly(type) }
  }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let value = object[key.stringValue] else { throw missing(key, "a value") }
    return try TreeDecoder.decode(type, value, path: PathNode(path, .key(key.stringValue)))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key.stringValue).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { decoder("super") }
  func superDecoder(forKey key: Key) -> any Decoder { decoder(key.stringValue) }

  private func decoder(_ key: String) -> TreeDecoder {
    TreeDecoder(value: object[key] ?? .null, path: PathNode(path, .key(key)))
  }
}
