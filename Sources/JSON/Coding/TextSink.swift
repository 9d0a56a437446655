/// The text of one root value while it is encoded, and which of its containers are open.
final class TextSink {
  /// What a value that is being encoded turned out to be.
  enum Shape {
    case undecided, scalar, array, object
  }

  private var buffer = TextBuffer(capacity: 1024)
  /// From the root to the value that is being encoded.
  private var shapes: [Shape] = []
  /// Whether the next element or member is the first of its container.
  private var isFirst = true
  /// Containers that were handed out to be filled at any time, and where their text belongs.
  private var inserts: [(offset: Int, sink: TextSink)] = []

  // MARK: Values

  /// Begins a value that decides its shape while it is encoded.
  func begin() { shapes.append(.undecided) }

  /// Makes the present value a container; one that is open already stays as it is.
  func open(_ shape: Shape) {
    guard let last = shapes.indices.last, shapes[last] == .undecided else { return }
    shapes[last] = shape
    switch shape {
    case .object: enter(UInt8(ascii: "{"))
    case .array: enter(UInt8(ascii: "["))
    case .undecided, .scalar: break
    }
  }

  /// Ends the present value; one that encoded nothing is an empty object.
  func end() {
    switch shapes.popLast() {
    case .object: leave(UInt8(ascii: "}"))
    case .array: leave(UInt8(ascii: "]"))
    case .undecided: buffer.write(ascii: "{}")
    case .scalar, nil: break
    }
  }

  /// The whole text, with what was inserted.
  func finish() -> [UInt8] {
    while !shapes.isEmpty { end() }
    guard !inserts.isEmpty else { return buffer.bytes }
    var text = TextBuffer(capacity: buffer.bytes.count)
    var offset = 0
    for insert in inserts {
      text.append(buffer.bytes[offset..<insert.offset])
      text.append(insert.sink.finish())
      offset = insert.offset
    }
    text.append(buffer.bytes[offset...])
    return text.bytes
  }

  /// A container that is filled later and whose text belongs here.
  func insert() -> TextSink {
    let sink = TextSink()
    sink.begin()
    inserts.append((buffer.bytes.count, sink))
    return sink
  }

  private func enter(_ bracket: UInt8) {
    buffer.append(bracket)
    isFirst = true
  }

  private func leave(_ bracket: UInt8) {
    buffer.append(bracket)
    isFirst = false
  }

  // MARK: Members and elements

  /// Begins the next element of an array.
  func separate() {
    if !isFirst { buffer.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  /// Begins the next member of an object.
  func name(_ name: String) {
    separate()
    buffer.write(name)
    buffer.append(UInt8(ascii: ":"))
  }

  func array<Element>(_ elements: [Element], _ body: (Element) throws -> Void) throws {
    enter(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      separate()
      try JSON.EncodeError.under(.index(index)) { try body(element) }
    }
    leave(UInt8(ascii: "]"))
  }

  func object(_ members: some Sequence<(String, some Encodable)>) throws {
    enter(UInt8(ascii: "{"))
    for (name, value) in members {
      self.name(name)
      try JSON.EncodeError.under(.key(name)) { try TextEncoder.write(value, to: self) }
    }
    leave(UInt8(ascii: "}"))
  }

  // MARK: Scalars

  /// Notes that the present value is a scalar.
  func single() {
    if let last = shapes.indices.last { shapes[last] = .scalar }
  }

  func writeNull() { buffer.write(ascii: "null") }
  func write(_ value: Bool) { buffer.write(value) }
  func write(_ value: String) { buffer.write(value) }
  func write(_ text: [UInt8]) { buffer.append(text) }

  func write(_ json: JSON) throws(JSON.EncodeError) {
    do throws(JSON.PrintError) {
      buffer.append(try json.print())
    } catch {
      throw JSON.EncodeError(pointer: JSON.Pointer(), message: "\(error)")
    }
  }

  func write(_ value: Double) throws(JSON.EncodeError) {
    guard value.isFinite else {
      throw JSON.EncodeError(
        pointer: JSON.Pointer(), message: "\(value) cannot be written as JSON: numbers must be finite")
    }
    buffer.write(value)
  }

  /// Writes the shortest digits of the float, not those of its value as a double.
  func write(_ value: Float) throws(JSON.EncodeError) { try write(Double(value.description) ?? Double(value)) }

  func write(_ value: some FixedWidthInteger) throws(JSON.EncodeError) {
    guard let value = Int64(exactly: value) else {
      throw JSON.EncodeError(pointer: JSON.Pointer(), message: "the integer \(value) does not fit 64 bits")
    }
    buffer.write(value)
  }
}
