import ArgumentParser
import JSON

/// A command that is one method call: its options become the parameters, the reply becomes a page.
protocol QuestionCommand: AsyncParsableCommand {
  /// The name of the method.
  static var method: String { get }
  var output: OutputOptions { get }
  /// Whether no progress is to be shown.
  var isQuiet: Bool { get }

  /// The parameters as the method takes them. Throws when an option cannot be understood.
  func parameters() throws -> JSON

  /// Writes the reply for a reader.
  static func show(_ reply: JSON, on page: inout Page)
}

extension QuestionCommand {
  var isQuiet: Bool { false }

  mutating func run() async throws {
    let reply = try await Question.ask(Self.method, try parameters(), isQuiet: isQuiet, output.color)
    if output.json { return try OutputOptions.write(reply) }
    var page = Page(Stream.output.screen(output.color))
    Self.show(reply, on: &page)
    page.legend()
    Stream.output.write(page.text)
  }
}
