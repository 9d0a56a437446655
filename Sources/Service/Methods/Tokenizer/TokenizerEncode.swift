package import Advisor
package import JSON

/// `tokenizer/encode`: texts to token ids.
package enum TokenizerEncode: Method {
  package static let name = "tokenizer/encode"
  package static let summary = "Turns texts into token ids with the tokenizer of a model file."
  package static let discussion = """
    Reads the vocabulary of a GGUF file: SentencePiece (BPE and unigram) and byte-level BPE with the pre-tokenizer that \
    the file names. The ids are those of the model's own tokenizer, also for unusual text; the vocabulary is read once \
    for all texts of a call.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Encode Text", readOnly: true)

  package typealias Params = EncodeRequest
  package static let params = Schema.object(
    "Texts, and the model whose tokens they become.",
    [
      Schema.model,
      .required("texts", .array(.string, count: 0...65536), "The texts."),
      .optional(
        "addSpecial", .boolean,
        "Whether tokens for beginning and end are added where the file says so; true if absent."),
      .optional(
        "parseSpecial", .boolean,
        "Whether control tokens that are spelled out in a text are taken for what they name; false if absent."),
      .optional("showPieces", .boolean, "Whether each token is also shown as the vocabulary has it; false if absent."),
    ])
  package static let reply = Schema.record(
    "The tokens of the texts.",
    [
      .required("tokenizer", .tokenizerSummary, "What the tokenizer is."),
      .required("tokens", .array(.array(.integer(0...))), "The ids, one list per text."),
      .optional("pieces", .array(.array(.string)), "The tokens as the vocabulary has them."),
    ])
  package static let examples = [
    Example(
      "A name of the catalogue, which has no vocabulary", ["model": "smollm2-135m", "texts": ["Hello"]],
      failure: .modelUnsupported),
    Example("A file that is not there", ["model": "/models/absent.gguf", "texts": []], failure: .modelNotFound),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> EncodeAnswer {
    try call.advisor.encode(params)
  }
}
