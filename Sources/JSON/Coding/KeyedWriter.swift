import OrderedCollections

/// Writes the members of an object.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  private func path(_ key: Key) -> PathNode { PathNode(encoder.path, .key(key.stringValue)) }

  func encodeNil(forKey key: Key) { encoder.object[key.stringValue] = .null }
  func encode(_ value: Bool, forKey key: Key) { encoder.object[key.stringValue] = .bool(value) }
  func encode(_ value: String, forKey key: Key) { encoder.object[key.stringValue] = .string(value) }
  func encode(_ value: Double, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Float, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Int, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Int8, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Int16, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Int32, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: Int64, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: UInt, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: UInt8, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: UInt16, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: UInt32, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode(_ value: UInt64, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, at: path(key))
  }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    encoder.object[key.stringValue] = try TreeEncoder.json(value, path: path(key))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    child(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    child(key.stringValue).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { child("super") }
  func superEncoder(forKey key: Key) -> any Encoder { child(key.stringValue) }

  private func child(_ key: String) -> TreeEncoder {
    let child = TreeEncoder(path: PathNode(encoder.path, .key(key)))
    encoder.object[key] = .null
    encoder.pending.append((.key(key), child))
    return child
  }
}
