/// A chat format that is known by name: what stands around the messages of each role.
///
/// A file has a program in a template language (`tokenizer.chat_template`); it is not run, but recognized by the marks that
/// only its family has. Tools, images and reasoning are not rendered.
package struct ChatTemplateFamily: Sendable, Hashable {
  /// A stable name, such as `chatml`; `unknown` when the template is not recognized.
  package let name: String
  let system: Wrapping
  let user: Wrapping
  let assistant: Wrapping
  /// What makes the model speak.
  let opening: String
  /// Whether the system's message becomes part of the first message of the user.
  var systemIsInUser = false
  /// Whether spaces and line breaks around a message are dropped.
  var trims = false

  /// What stands before and after a message; `{end}` is the vocabulary's token for the end of a sequence.
  struct Wrapping: Sendable, Hashable {
    let before: String
    let after: String

    init(_ before: String, _ after: String) {
      self.before = before
      self.after = after
    }
  }

  init(
    _ name: String, system: Wrapping, user: Wrapping, assistant: Wrapping, opening: String,
    systemIsInUser: Bool = false, trims: Bool = false
  ) {
    self.name = name
    self.system = system
    self.user = user
    self.assistant = assistant
    self.opening = opening
    self.systemIsInUser = systemIsInUser
    self.trims = trims
  }

  /// Whether the template was recognized; an unknown one cannot be rendered.
  package var isKnown: Bool { name != Self.unknown.name }

  /// The family of templates that are not recognized.
  package static let unknown = ChatTemplateFamily(
    "unknown", system: Wrapping("", ""), user: Wrapping("", ""), assistant: Wrapping("", ""), opening: "")

  /// The conversation up to the place where the model speaks, without the token for the beginning.
  ///
  /// `end` is the text of the token for the end of a sequence. What the messages say is never taken for control tokens.
  package func render(_ messages: [ChatMessage], end: String) -> [TextPart] {
    var parts: [TextPart] = []
    var pending: [String] = []
    func add(_ wrapping: Wrapping, _ content: [TextPart]) {
      parts.append(TextPart(Self.fill(wrapping.before, end), parsesSpecial: true))
      parts += content
      parts.append(TextPart(Self.fill(wrapping.after, end), parsesSpecial: true))
    }
    for message in messages {
      let text = trims ? Self.trimmed(message.content) : message.content
      if message.role == .system, systemIsInUser {
        pending.append(text)
        continue
      }
      let earlier = message.role == .user ? pending : []
      pending = message.role == .user ? [] : pending
      let content = earlier.flatMap { wrapped($0, end) } + [TextPart(text, parsesSpecial: false)]
      switch message.role {
      case .system: add(system, content)
      case .user: add(user, content)
      case .assistant: add(assistant, content)
      }
    }
    // A system's message that no user's follows is the user's.
    if !pending.isEmpty { add(user, pending.map { TextPart($0, parsesSpecial: false) }) }
    parts.append(TextPart(Self.fill(opening, end), parsesSpecial: true))
    return parts.filter { !$0.text.isEmpty }
  }

  private func wrapped(_ text: String, _ end: String) -> [TextPart] {
    [
      TextPart(Self.fill(system.before, end), parsesSpecial: true), TextPart(text, parsesSpecial: false),
      TextPart(Self.fill(system.after, end), parsesSpecial: true),
    ]
  }

  private static func fill(_ text: String, _ end: String) -> String {
    let pieces = text.split(separator: "{end}", omittingEmptySubsequences: false)
    return pieces.joined(separator: end)
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
