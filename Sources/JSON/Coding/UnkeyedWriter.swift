/// Appends the elements of an array.
struct UnkeyedWriter: UnkeyedEncodingContainer {
  let sink: TextSink
  private(set) var count = 0

  init(sink: TextSink) { self.sink = sink }

  var codingPath: [any CodingKey] { [] }

  @inline(__always)
  private mutating func element(_ write: () throws -> Void) throws {
    sink.separate()
    try JSON.EncodeError.under(.index(count), write)
    count += 1
  }

  mutating func encodeNil() throws { try element { [sink] in sink.writeNull() } }
  mutating func encode<T: Encodable>(_ value: T) throws {
    try element { [sink] in try TextEncoder.write(value, to: sink) }
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    child().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { child() }

  private mutating func child() -> TextEncoder {
    sink.separate()
    count += 1
    return TextEncoder(sink: sink.insert())
  }
}
