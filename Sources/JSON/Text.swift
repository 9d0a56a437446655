extension JSON {
  /// One value as compact JSON text: printed once, then copied wherever it belongs.
  package struct Text: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Prints `json`; throws for a number that is not finite.
    package init(printing json: JSON) throws(PrintError) { bytes = try json.print() }

    /// The text of a string.
    package init(_ string: String) {
      var buffer = TextBuffer(capacity: string.utf8.count + 2)
      buffer.write(string)
      bytes = buffer.bytes
    }

    /// The text of an integer.
    package init(_ integer: Int64) { bytes = Array(integer.description.utf8) }

    /// Encodes `value` without making a tree of it; nil members are omitted, and a number that is not finite or beyond 64
    /// bits is an error.
    package init(encoding value: some Encodable) throws(EncodeError) { bytes = try TextEncoder.encode(value) }

    package static let null = Text(bytes: Array("null".utf8))

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The text of values that are text already, as an array.
    package init(array elements: [Text]) {
      var bytes = [UInt8(ascii: "[")]
      bytes.reserveCapacity(elements.reduce(2) { $0 + $1.bytes.count + 1 })
      for element in elements {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: element.bytes)
      }
      bytes.append(UInt8(ascii: "]"))
      self.bytes = bytes
    }

    /// The text of values that are text already, as an object; names are written once and need no escapes.
    package init(object members: [(name: StaticString, value: Text)]) {
      var buffer = TextBuffer(capacity: members.reduce(2) { $0 + $1.value.bytes.count + 24 })
      for (index, member) in members.enumerated() {
        buffer.write(ascii: index == 0 ? "{\"" : ",\"")
        buffer.write(ascii: member.name)
        buffer.write(ascii: "\":")
        buffer.append(member.value.bytes)
      }
      buffer.write(ascii: members.isEmpty ? "{}" : "}")
      bytes = buffer.bytes
    }

    /// Reads the text back; throws only for a value that nests deeper than can be read or names a member twice.
    package func parsed() throws(ParseError) -> JSON {
      try JSON.parse(bytes, limits: Limits(bytes: .max, depth: .max, values: .max))
    }
  }

  /// Encodes `value`; nil members are omitted, and a number that is not finite or beyond 64 bits is an error.
  package init(encoding value: some Encodable) throws(EncodeError) {
    let text = try Text(encoding: value)
    do throws(ParseError) {
      self = try text.parsed()
    } catch {
      throw EncodeError(pointer: Pointer(), message: "\(error)")
    }
  }
}

extension JSON.Text: Encodable {
  package func encode(to encoder: any Encoder) throws { try parsed().encode(to: encoder) }
}
