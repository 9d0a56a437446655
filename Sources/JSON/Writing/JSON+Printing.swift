import CJansson
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

  var bytes: [UInt8] = []
  var error: JSON.PrintError?
  let pretty: Bool
  /// Nothing is added beyond this many bytes, but what was begun is finished.
  let budget: Int

  init(pretty: Bool, budget: Int = .max) {
    self.pretty = pretty
    self.budget = budget
    bytes.reserveCapacity(budget == .max ? 1024 : budget)
  }

  mutating func write(_ value: JSON, depth: Int) {
    guard bytes.count <= budget else { return }
    switch value {
    case .null: ascii("null")
    case .bool(true): ascii("true")
    case .bool(false): ascii("false")
    case .integer(let value): write(value)
    case .number(let value):
      if !value.isFinite, error == nil {
        error = JSON.PrintError(description: "\(value) cannot be written as JSON: numbers must be finite")
      }
      append(value.description)
    case .string(let value): write(value)
    case .array(let values): write(values, depth: depth + 1)
    case .object(let object): write(object, depth: depth + 1)
    }
  }

  private mutating func write(_ values: [JSON], depth: Int) {
    guard isShallow(depth) else { return }
    bytes.append(UInt8(ascii: "["))
    var first = true
    for value in values {
      guard bytes.count <= budget else { return }
      separate(first, depth)
      first = false
      write(value, depth: depth)
    }
    if !first { newline(depth - 1) }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSON.Object, depth: Int) {
    guard isShallow(depth) else { return }
    bytes.append(UInt8(ascii: "{"))
    var first = true
    for (key, value) in object {
      guard bytes.count <= budget else { return }
      separate(first, depth)
      first = false
      write(key)
      bytes.append(UInt8(ascii: ":"))
      if pretty { bytes.append(UInt8(ascii: " ")) }
      write(value, depth: depth)
    }
    if !first { newline(depth - 1) }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func isShallow(_ depth: Int) -> Bool {
    if depth <= Self.depthLimit { return true }
    error = JSON.PrintError(description: "the value is nested deeper than \(Self.depthLimit) levels")
    return false
  }

  private mutating func separate(_ first: Bool, _ depth: Int) {
    if !first { bytes.append(UInt8(ascii: ",")) }
    newline(depth)
  }

  private mutating func newline(_ depth: Int) {
    guard pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func ascii(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func write(_ value: Int64) {
    if 0..<10 ~= value {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      append(value.description)
    }
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func write(_ text: String) {
    var text = text.utf8.count > budget ? String(text.prefix(budget)) : text
    text.withUTF8 { utf8 in
      // Only quotes, backslashes and control characters must be escaped.
      if utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        escape(utf8)
      } else {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: utf8)
        bytes.append(UInt8(ascii: "\""))
      }
    }
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    let flags = Int(JSON_ENCODE_ANY | JSON_COMPACT)
    let node = utf8.withMemoryRebound(to: CChar.self) { json_stringn_nocheck($0.baseAddress, $0.count) }
    guard let node else {
      error = JSON.PrintError(description: "out of memory")
      return
    }
    defer { json_decref(node) }
    // Six bytes for the longest escape, and two quotes.
    let capacity = 6 * utf8.count + 2
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) { json_dumpb(node, $0.baseAddress, capacity, flags) }
      })
  }
}
