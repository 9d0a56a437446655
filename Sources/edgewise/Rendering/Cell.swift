/// The text of one field of a table, with its look.
struct Cell: Sendable, Hashable, ExpressibleByStringInterpolation {
  var text: String
  var look: Look

  init(_ text: String, _ look: Look = .plain) {
    self.text = Printable.text(text, keepsLines: true)
    self.look = look
  }

  init(stringLiteral value: String) { self.init(value) }
}
