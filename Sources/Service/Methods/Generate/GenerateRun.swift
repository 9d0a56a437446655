package import Advisor
package import JSON

/// `generate/run`: let a model continue a text.
package enum GenerateRun: Method {
  package static let name = "generate/run"
  package static let summary = "Lets a model continue a text on this machine, token by token, with timings."
  package static let discussion = """
    A debugging aid: it shows whether a file runs here and what it says, with the same kernels that benchmark/run \
    measures. With a progressToken, `$/progress` notifications of the phase "text" carry the pieces of the answer as they \
    come; a client that falls behind misses pieces, and the reply has the whole text. Cancelling the request ends the \
    answer within a layer. Messages are put into the chat format of the file when it is one that is known; what they say \
    is never taken for control tokens. A name of the catalogue has no vocabulary: it takes token ids and runs with \
    weights that are made up.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Generate Text", readOnly: false)

  package typealias Params = GenerationRequest
  package static let params = GenerationRequest.schema
  package static let reply = GenerationReport.schema
  package static let examples = [
    Example(
      "A catalogue model, from token ids",
      ["model": "smollm2-135m", "quantization": "Q4_0", "tokens": [1, 2, 3], "maxTokens": 2],
      shows: ["/model/source": "synthetic", "/stopReason": "maxTokens", "/promptTokens": [1, 2, 3]]),
    Example(
      "Text for a catalogue model, which has no vocabulary", ["model": "smollm2-135m", "prompt": "Hello"],
      failure: .modelUnsupported),
    Example(
      "A token that is outside the vocabulary", ["model": "smollm2-135m", "quantization": "Q4_0", "tokens": [49152]],
      failure: .invalidParams),
    Example("Two prompts", ["model": "smollm2-135m", "prompt": "a", "tokens": [1]], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> GenerationReport {
    let plan = try call.advisor.planGeneration(params)
    let advisor = call.advisor
    return try await call.measure { cancellation, progress in
      try advisor.generate(plan, cancellation: cancellation, progress: progress)
    }
  }
}
