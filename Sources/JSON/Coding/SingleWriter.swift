/// Writes one value in place of its encoder's object or array.
struct SingleWriter: SingleValueEncodingContainer {
  let sink: TextSink

  var codingPath: [any CodingKey] { [] }

  func encodeNil() {
    sink.single()
    sink.writeNull()
  }
  func encode(_ value: Bool) {
    sink.single()
    sink.write(value)
  }
  func encode(_ value: String) {
    sink.single()
    sink.write(value)
  }
  func encode(_ value: Double) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Float) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Int) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Int8) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Int16) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Int32) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: Int64) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: UInt) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: UInt8) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: UInt16) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: UInt32) throws {
    sink.single()
    try sink.write(value)
  }
  func encode(_ value: UInt64) throws {
    sink.single()
    try sink.write(value)
  }
  func encode<T: Encodable>(_ value: T) throws {
    sink.single()
    try TextEncoder.write(value, to: sink)
  }
}
