/// Writes the members of an object.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: TextSink

  var codingPath: [any CodingKey] { [] }

  /// Names the member and writes its value.
  @inline(__always)
  private func member(_ key: Key, _ write: () throws -> Void) throws {
    let name = key.stringValue
    sink.name(name)
    try JSON.EncodeError.under(.key(name), write)
  }

  func encodeNil(forKey key: Key) throws { try member(key) { sink.writeNull() } }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try member(key) { try TextEncoder.write(value, to: sink) }
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

  private func child(_ name: String) -> TextEncoder {
    sink.name(name)
    return TextEncoder(sink: sink.insert())
  }
}
