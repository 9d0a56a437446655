/// Writes one value in place of its encoder's object or array.
struct SingleWriter: SingleValueEncodingContainer {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  private func set(_ value: JSON) {
    encoder.shape = .single
    encoder.single = value
  }

  func encodeNil() { set(.null) }
  func encode(_ value: Bool) { set(.bool(value)) }
  func encode(_ value: String) { set(.string(value)) }
  func encode(_ value: Double) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Float) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Int) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Int8) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Int16) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Int32) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: Int64) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: UInt) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: UInt8) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: UInt16) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: UInt32) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode(_ value: UInt64) throws { set(try TreeEncoder.json(value, at: encoder.path)) }
  func encode<T: Encodable>(_ value: T) throws { set(try TreeEncoder.json(value, path: encoder.path)) }
}
