/// Writes one value in place of its encoder's object or array.
struct SingleWriter: SingleValueEncodingContainer {
  let sink: TextSink

  var codingPath: [any CodingKey] { [] }

  func encodeNil() {
    sink.single()
    sink.writeNull()
  }
  func encode<T: Encodable>(_ value: T) throws {
    sink.single()
    try TextEncoder.write(value, to: sink)
  }
}
