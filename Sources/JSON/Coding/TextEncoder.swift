import OrderedCollections

/// Writes what one value encodes straight to text; the containers it hands out write to the same sink.
///
/// The ways that it and its containers report are relative to the value itself: an error is told its way from the root while
/// it passes the members that it came through, so that ways cost nothing where nothing is wrong.
struct TextEncoder: Encoder {
  let sink: TextSink

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    sink.open(.object)
    return KeyedEncodingContainer(KeyedWriter<Key>(sink: sink))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.open(.array)
    return UnkeyedWriter(sink: sink)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriter(sink: sink) }
}

extension TextEncoder {
  /// The text of `value`.
  static func encode(_ value: some Encodable) throws(JSON.EncodeError) -> [UInt8] {
    let sink = TextSink()
    do {
      try write(value, to: sink)
    } catch {
      throw JSON.EncodeError(error)
    }
    return sink.finish()
  }

  /// Writes any value; scalars, which have no other way to be written, and what is common without a container of their own.
  static func write<Value: Encodable>(_ value: Value, to sink: TextSink) throws {
    if let text = same(value, as: String.self) { return sink.write(text) }
    if let truth = same(value, as: Bool.self) { return sink.write(truth) }
    if let number = same(value, as: Double.self) { return try sink.write(number) }
    if let number = same(value, as: Float.self) { return try sink.write(number) }
    if let number = same(value, as: Int.self) { return try sink.write(number) }
    if let number = same(value, as: Int8.self) { return try sink.write(number) }
    if let number = same(value, as: Int16.self) { return try sink.write(number) }
    if let number = same(value, as: Int32.self) { return try sink.write(number) }
    if let number = same(value, as: Int64.self) { return try sink.write(number) }
    if let number = same(value, as: UInt.self) { return try sink.write(number) }
    if let number = same(value, as: UInt8.self) { return try sink.write(number) }
    if let number = same(value, as: UInt16.self) { return try sink.write(number) }
    if let number = same(value, as: UInt32.self) { return try sink.write(number) }
    if let number = same(value, as: UInt64.self) { return try sink.write(number) }
    if let text = same(value, as: JSON.Text.self) { return sink.write(text.bytes) }
    if let texts = same(value, as: [JSON.Text].self) { return sink.write(JSON.Text(array: texts).bytes) }
    if let json = same(value, as: JSON.self) { return try sink.write(json) }
    if let texts = same(value, as: [String].self) { return try sink.array(texts) { sink.write($0) } }
    if let numbers = same(value, as: [Int].self) { return try sink.array(numbers) { try sink.write($0) } }
    if let numbers = same(value, as: [Double].self) { return try sink.array(numbers) { try sink.write($0) } }
    if let members = value as? any OrderedMembers { return try members.write(to: sink) }
    sink.begin()
    try value.encode(to: TextEncoder(sink: sink))
    sink.end()
  }

  /// `value` as a `Known`, when that is what it is; comparing types costs nothing where a cast would search for them.
  @inline(__always)
  private static func same<Value, Known>(_ value: Value, as known: Known.Type) -> Known? {
    Value.self == Known.self ? unsafeBitCast(value, to: Known.self) : nil
  }
}

extension JSON.EncodeError {
  /// The error as one about the value that was encoded.
  init(_ error: any Error) {
    switch error {
    case let error as JSON.EncodeError: self = error
    case EncodingError.invalidValue(_, let context):
      self.init(pointer: JSON.Pointer(context.codingPath.map(AnyKey.step)), message: context.debugDescription)
    default: self.init(pointer: JSON.Pointer(), message: "\(error)")
    }
  }

  /// Runs `body`; what it throws is an error one step further from the root.
  @inline(__always)
  static func under(_ step: @autoclosure () -> JSON.Pointer.Step, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      var error = JSON.EncodeError(error)
      error.pointer.steps.insert(step(), at: 0)
      throw error
    }
  }
}

/// Dictionaries with text keys, which become objects with a stable order.
private protocol OrderedMembers {
  func write(to sink: TextSink) throws
}

extension Dictionary: OrderedMembers where Key == String, Value: Encodable {
  /// Sorted by key, because a dictionary has no order of its own.
  fileprivate func write(to sink: TextSink) throws {
    try sink.object(sorted { $0.key < $1.key }.lazy.map { ($0.key, $0.value) })
  }
}

extension OrderedDictionary: OrderedMembers where Key == String, Value: Encodable {
  fileprivate func write(to sink: TextSink) throws { try sink.object(lazy.map { ($0.key, $0.value) }) }
}
