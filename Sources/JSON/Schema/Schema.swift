package import OrderedCollections

/// A description of JSON values that validates them and prints itself as JSON Schema.
///
/// It is the part that draft-07 and 2020-12 have in common, so that one schema serves every reader.
package struct Schema: Sendable, Hashable {
  /// What a value may be.
  package indirect enum Shape: Sendable, Hashable {
    case any
    case null
    case boolean
    /// A whole number; `3.0` is one.
    case integer(ClosedRange<Int64>)
    case number(NumberRange)
    case string(TextRule)
    case array(Schema, count: ClosedRange<Int>)
    case object(Members)
    /// Exactly one of the alternatives.
    case oneOf([Schema])
    /// The value or null.
    case nullable(Schema)
    /// A schema that is printed once under its name and referred to everywhere else.
    case named(String, Schema)
    case constant(JSON)
  }

  /// The members of an object, in the order in which they are documented.
  package struct Members: Sendable, Hashable {
    package var known: OrderedDictionary<String, Member>
    package var additional: Additional
  }

  /// What an object may have beyond its known members.
  package indirect enum Additional: Sendable, Hashable {
    case refused
    case allowed
    /// Any key, with a value that this describes.
    case values(Schema)
  }

  /// One member of an object.
  package struct Member: Sendable, Hashable {
    package var name: String
    package var schema: Schema
    package var isRequired: Bool
  }

  /// The finite numbers from `lowest` to `highest`, without the ends that are excluded.
  package struct NumberRange: Sendable, Hashable {
    package var lowest: Double?
    package var highest: Double?
    package var excludesLowest = false
    package var excludesHighest = false
  }

  /// What a string may be: one of a list, or any text of a length in Unicode code points.
  package struct TextRule: Sendable, Hashable {
    package var choices: [String] = []
    package var length: ClosedRange<Int> = 0...Int.max
  }

  package var shape: Shape
  /// One sentence for the reader of the schema, or empty.
  package var summary: String

  package init(_ shape: Shape, _ summary: String = "") {
    self.shape = shape
    self.summary = summary
  }
}
