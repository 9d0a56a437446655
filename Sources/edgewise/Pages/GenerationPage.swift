import JSON

/// What stands under an answer: how long it took and why it ended.
enum GenerationPage {
  static func summary(_ reply: JSON) -> String {
    let timings = reply["timings"]
    func rate(_ key: String) -> String? {
      timings?[key]?["value"]?.double.map { "\(Unit.tokensPerSecond.text($0))" }
    }
    let parts = [
      reply["promptTokens"]?.array.map { "prompt \($0.count) tokens" },
      rate("prefillTokensPerSecond").map { "prefill \($0)" },
      reply["tokens"]?.array.map { "answer \($0.count) tokens" }, rate("decodeTokensPerSecond").map { "decode \($0)" },
      reply["stopReason"]?.string.map { "ended by \(ModelPage.words($0))" },
    ]
    let warnings = reply["warnings"]?.array?.compactMap(\.string) ?? []
    let lines = [parts.compactMap(\.self).joined(separator: ", ")] + warnings
    return lines.map { "edgewise: \(Printable.text($0))\n" }.joined()
  }
}
