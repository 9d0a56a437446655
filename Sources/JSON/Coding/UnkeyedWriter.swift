/// Appends the elements of an array.
struct UnkeyedWriter: UnkeyedEncodingContainer {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.array.count }

  private var path: PathNode { PathNode(encoder.path, .index(count)) }

  func encodeNil() { encoder.array.append(.null) }
  func encode(_ value: Bool) { encoder.array.append(.bool(value)) }
  func encode(_ value: String) { encoder.array.append(.string(value)) }
  func encode(_ value: Double) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Float) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Int) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Int8) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Int16) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Int32) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: Int64) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: UInt) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: UInt8) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: UInt16) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: UInt32) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode(_ value: UInt64) throws { encoder.array.append(try TreeEncoder.json(value, at: path)) }
  func encode<T: Encodable>(_ value: T) throws { encoder.array.append(try TreeEncoder.json(value, path: path)) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    child().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
  func superEncoder() -> any Encoder { child() }

  private func child() -> TreeEncoder {
    let child = TreeEncoder(path: path)
    encoder.pending.append((.index(count), child))
    encoder.array.append(.null)
    return child
  }
}
