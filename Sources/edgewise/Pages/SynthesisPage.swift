import JSON

/// The page of `model/synthesize`.
enum SynthesisPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let files = reply["files"]?.array?.compactMap(\.string) ?? []
    page.title(files.first ?? "Model")
    let parameters = reply["parameterCount"]?.double.map(ModelPage.count) ?? "?"
    page.paragraph(
      "\(reply["architecture"]?.string ?? ""), \(parameters) parameters in \(reply["format"]?.string ?? "")", .plain)
    page.gap()
    let bytes = reply["fileBytes"]?.double ?? 0
    let seconds = reply["writeSeconds"]?.double ?? 0
    page.facts([
      ("Files", files.count > 1 ? files.joined(separator: ", ") : nil),
      ("Size", Unit.bytes.text(bytes)),
      ("Tensors", reply["tensorCount"]?.integer.map(Digits.grouped)),
      ("Layers", reply["layers"]?.integer.map(Digits.grouped)),
      (
        "Written",
        seconds > 0 ? "in \(Digits.significant(seconds)) s, \(Unit.bytes.text(bytes / seconds)) a second" : nil
      ),
    ])
    for note in reply["notes"]?.array ?? [] { page.point(Sentence.text(note.string ?? "")) }
    page.closing(reply)
  }
}
