import OrderedCollections

extension JSON {
  /// Prints the value on one line, or indented by two spaces; throws for a number that is not finite.
  ///
  /// Doubles are written in their shortest form that reads back exactly, which jansson cannot do, so structure and numbers
  /// are written here and jansson writes every string that needs escapes.
  package func print(pretty: Bool = false) throws(PrintError) -> [UInt8] {
    var writer = Writer(pretty: pretty)
    writer.write(self, depth: 0)
    if let error = writer.error { throw error }
    return writer.bytes
  }

  /// Prints the value as a string, on one line or indented by two spaces; throws for a number that is not finite.
  package func text(pretty: Bool = false) throws(PrintError) -> String {
    String(decoding: try print(pretty: pretty), as: UTF8.self)
  }

  /// The beginning of the compact text, at most `limit` characters and an ellipsis, for messages.
  package func excerpt(limit: Int = 80) -> String {
    var writer = Writer(pretty: false, budget: 4 * limit)
    writer.write(self, depth: 0)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    return text.count > limit ? text.prefix(limit) + "…" : text
  }
}

extension JSON: CustomStringConvertible {
  /// The compact text, in which a number that is not finite reads `nan` or `inf`.
  package var description: String {
    var writer = Writer(pretty: false)
    writer.write(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

private struct Writer {
  /// Deeper than anything that can be read.
  static let depthLimit = 1000

  private var buffer: TextBuffer
  private let pretty: Bool
  /// Nothing is added beyond this many bytes, but what was begun is finished.
  private let budget: Int

  var bytes: [UInt8] { buffer.bytes }
  var error: JSON.PrintError? { buffer.failure }

  init(pretty: Bool, budget: Int = .max) {
    self.pretty = pretty
    self.budget = budget
    buffer = TextBuffer(capacity: budget == .max ? 1024 : budget)
  }

  private var isFull: Bool { buffer.bytes.count > budget }

  mutating func write(_ value: JSON, depth: Int) {
    guard !isFull else { return }
    switch value {
    case .null: buffer.write(ascii: "null")
    case .bool(let value): buffer.write(value)
    case .integer(let value): buffer.write(value)
    case .number(let value): buffer.write(value)
    case .string(let value): buffer.write(value.utf8.count > budget ? String(value.prefix(budget)) : value)
    case .array(let values): write(values, depth: depth + 1)
    case .object(let object): write(object, depth: depth + 1)
    }
  }

  private mutating func write(_ values: [JSON], depth: Int) {
    guard isShallow(depth) else { return }
    buffer.append(UInt8(ascii: "["))
    var first = true
    for value in values {
      guard !isFull else { return }
      separate(first, depth)
      first = false
      write(value, depth: depth)
    }
    if !first { newline(depth - 1) }
    buffer.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSON.Object, depth: Int) {
    guard isShallow(depth) else { return }
    buffer.append(UInt8(ascii: "{"))
    var first = true
    for (key, value) in object {
      guard !isFull else { return }
      separate(first, depth)
      first = false
      buffer.write(key.utf8.count > budget ? String(key.prefix(budget)) : key)
      buffer.append(UInt8(ascii: ":"))
      if pretty { buffer.append(UInt8(ascii: " ")) }
      write(value, depth: depth)
    }
    if !first { newline(depth - 1) }
    buffer.append(UInt8(ascii: "}"))
  }

  private mutating func isShallow(_ depth: Int) -> Bool {
    if depth <= Self.depthLimit { return true }
    buffer.fail("the value is nested deeper than \(Self.depthLimit) levels")
    return false
  }

  private mutating func separate(_ first: Bool, _ depth: Int) {
    if !first { buffer.append(UInt8(ascii: ",")) }
    newline(depth)
  }

  private mutating func newline(_ depth: Int) {
    guard pretty else { return }
    buffer.append([UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth))
  }
}
