package import Advisor
package import JSON

/// `model/list`: the names that can be given as `model`.
package enum ModelList: Method {
  package static let name = "model/list"
  package static let summary =
    "Lists the models of the catalogue, whose names can be given wherever a model is asked for."
  package static let discussion = """
    The catalogue knows the exact shape of each model, so that memory can be computed and speed measured with weights \
    of that shape, without a download. A file of any model can be given by its path instead.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "List Models", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var containing: String?
  }

  package struct Reply: Encodable, Sendable {
    package var models: [ModelListing]
  }

  package static let params = Schema.object(
    "What to look for.",
    [
      .optional(
        "containing", .string(length: 1...200), "Only models whose name, family or repository contains this text.")
    ])

  package static let reply = Schema.record(
    "The models, by name.", [.required("models", .array(listing), "The models that match.")])

  private static let listing = Schema.record(
    "A model of the catalogue.",
    [
      .required("name", .string, "The name to give as model."),
      .required("family", .string, "The family."),
      .required("kind", .string, "dense-llm, moe-llm, hybrid-llm or ple-llm (per-layer embeddings)."),
      .required("repository", .string, "The Hugging Face repository."),
      .required("license", .string, "The license."),
      .required("parameterCount", .integer(1...), "All parameters."),
      .required("activeParameterCount", .integer(1...), "The parameters that one token uses."),
      .required("contextTokens", .integer(1...), "The longest context that the model was made for."),
      .optional("weightBytes", .quantity, "The size of the weights in Q4_K_M of llama.cpp."),
    ])

  package static let examples = [
    Example(
      "The SmolLM2 family", ["containing": "smollm2"],
      shows: ["/models/0/name": "smollm2-1.7b", "/models/1/name": "smollm2-135m", "/models/2/name": "smollm2-360m"],
      isReproducible: true)
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> Reply {
    Reply(models: call.advisor.listModels(containing: params.containing))
  }
}
