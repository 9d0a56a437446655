package import Advisor
package import JSON

/// `tokenizer/decode`: token ids to texts.
package enum TokenizerDecode: Method {
  package static let name = "tokenizer/decode"
  package static let summary = "Turns token ids into texts with the tokenizer of a model file."
  package static let discussion = """
    Control tokens stand for no text unless they are asked for. Ids may end within a character; bytes that are not UTF-8 \
    become U+FFFD, and the reply names the texts that this happened to.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Decode Tokens", readOnly: true)

  package typealias Params = DecodeRequest
  package static let params = Schema.object(
    "Token ids, and the model whose they are.",
    [
      Schema.model,
      .required("tokens", .array(.tokenIDs, count: 0...65536), "The ids, one list per text."),
      .optional("showSpecial", .boolean, "Whether control tokens appear by their names; false if absent."),
    ])
  package static let reply = Schema.record(
    "The texts of the tokens.",
    [
      .required("tokenizer", .tokenizerSummary, "What the tokenizer is."),
      .required("texts", .array(.string), "The texts, one per list of ids."),
      .required("repaired", .array(.integer(0...)), "Which of the texts had bytes that are not UTF-8."),
    ])
  package static let examples = [
    Example(
      "A name of the catalogue, which has no vocabulary", ["model": "smollm2-135m", "tokens": [[1, 2, 3]]],
      failure: .modelUnsupported),
    Example("A device instead of a file", ["model": "/dev/zero", "tokens": []], failure: .modelUnreadable),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> DecodeAnswer {
    try call.advisor.decode(params)
  }
}
