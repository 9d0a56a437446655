/// A stretch of a text that is encoded as a whole, and whether control tokens that it spells out are taken for them.
package struct TextPart: Hashable, Sendable {
  package var text: String
  package var parsesSpecial: Bool

  package init(_ text: String, parsesSpecial: Bool) {
    self.text = text
    self.parsesSpecial = parsesSpecial
  }
}
