package import Advisor
package import JSON

extension RecommendationRequest {
  /// The parameters of `advice/recommend`.
  package static let schema: Schema = .object(
    "What is wanted of a model, and on which machine; everything may be left out.",
    [
      .optional(
        "model", .string(length: 1...4096),
        "The path of a GGUF file, or a name that model/list shows; \(BenchmarkRequest.defaultModel) when absent."),
      Schema.machine,
      .optional(
        "priority", .cases(Priority.self), "What counts most when not everything can be had; balanced when absent."),
      .optional(
        "contextTokens", .integer(1...(1 << 30)),
        "The context wanted; \(defaultContextTokens) when absent, or less if the model ends there."),
      .optional("memoryLimitBytes", .integer(1...(1 << 50)), "The most memory that the model may take."),
      .optional("decodeTokensPerSecond", .number(above: 0, through: 1e6), "The rate at which tokens must come."),
      .optional(
        "timeToFirstTokenSeconds", .number(above: 0, through: 86_400), "How soon the first token must come."),
      .optional(
        "promptTokens", .integer(1...1_048_576), "The length of a typical prompt; \(defaultPromptTokens) when absent."),
      .optional("workflow", .string(FrameworkRequest.workflows), "The way of working."),
      .optional("useCase", .string(FrameworkRequest.useCases), "The primary use case."),
      .optional("requirements", FrameworkSelect.requirements, "How much each requirement of the application counts."),
      .optional(
        "budgetSeconds", .number(1...3600),
        "The time that measuring may take; \(Int(defaultBudgetSeconds)) when absent."),
      .optional("quick", .boolean, "Whether to answer from facts alone, at once."),
      .progressToken,
    ])
}
