package import Advisor
package import JSON

/// `advice/recommend`: how to run a model on a machine.
package enum AdviceRecommend: Method {
  package static let name = "advice/recommend"
  package static let summary =
    "Recommends framework, quantization and settings for a model on a machine, measured where that is possible."
  package static let discussion = """
    The main question in one call. On this machine the top formats are run for a moment each with Edgewise's own kernels, \
    within budgetSeconds, and the ranking takes their rates; with quick, or for a machine that is only described, the \
    answer comes at once from facts, and its numbers say so. A model that does not fit is an answer: `fits` is false and \
    `wouldFit` says what would. With a progressToken, `$/progress` notifications tell how far measuring is.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Recommend How to Run a Model", readOnly: true)

  package typealias Params = RecommendationRequest
  package static let params = RecommendationRequest.schema
  package static let reply = Recommendation.schema
  package static let examples = [
    Example(
      "A Raspberry Pi, from facts", ["model": "llama-3.2-1b", "machine": "rpi5"],
      shows: ["/basis": "facts", "/framework/framework": "llama.cpp", "/fits": true], isReproducible: true),
    Example(
      "A model that is too large for a small board",
      ["model": "qwen3-30b-a3b", "machine": ["base": "rpi4", "memoryBytes": 4_294_967_296]],
      shows: ["/fits": false]),
    Example(
      "An Apple laptop, quality first", ["model": "qwen3-8b", "machine": "apple-m4-pro", "priority": "quality"],
      shows: ["/framework/framework": "mlx"]),
    Example("This machine, at once", ["model": "smollm2-135m", "quick": true], shows: ["/basis": "facts"]),
    Example("A model that does not exist", ["model": "no-such-model"], failure: .modelNotFound),
    Example("A machine that does not exist", ["machine": "no-such-machine"], failure: .machineUnknown),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> Recommendation {
    let draft = try call.advisor.draftRecommendation(params)
    guard draft.shouldMeasure else { return call.advisor.recommendFromFacts(draft) }
    return try await call.measure { cancellation, progress in
      try call.advisor.recommendByMeasuring(draft, cancellation: cancellation, progress: progress)
    }
  }
}
