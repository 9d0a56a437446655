package import Advisor
package import JSON

extension GenerationRequest {
  /// The parameters of `generate/run`.
  package static let schema: Schema = .object(
    "A text to be continued: exactly one of prompt, tokens and messages.",
    [
      Schema.model,
      .optional("prompt", .string, "The text; an empty one needs a model with a token for the beginning."),
      .optional("tokens", .tokenIDs, "Token ids in place of text, which nothing is added to."),
      .optional(
        "messages", .array(message, count: 0...4096), "A conversation, which the model's own chat format is put around."
      ),
      .optional(
        "quantization", .string(BenchmarkRequest.quantizations),
        "The file type of the made-up weights of a catalogue model; \(BenchmarkRequest.defaultQuantization) if absent."),
      .optional(
        "maxTokens", .integer(0...1_048_576), "The most tokens to generate; \(defaultMaxTokens) if absent."),
      .optional("threads", .integer(1...1024), "Kernel threads; the usable physical cores if absent."),
      .optional(
        "contextTokens", .integer(1...(1 << 28)), "Positions of the KV cache; what prompt and answer need if absent."),
      .cacheFormat, .batchTokens(defaultBatchTokens), .weightPlacement,
      .optional(
        "temperature", .number(0...100), "What the logits are divided by; 0, the most likely token, if absent."),
      .optional("topK", .integer(0...(1 << 24)), "Keep so many of the most likely tokens, 0 all; 40 if absent."),
      .optional(
        "topP", .number(above: 0, through: 1), "Keep the most likely tokens of this probability; 0.95 if absent."),
      .optional("minP", .number(0...1), "Keep tokens this likely in comparison with the first; 0.05 if absent."),
      .optional("seed", .integer, "The same seed gives the same answer; 1 if absent."),
      .optional("stop", .array(.string(length: 1...1000), count: 0...64), "Texts that end the answer."),
      .optional(
        "addSpecial", .boolean,
        "Whether the prompt gets tokens for beginning and end where the file says so; true if absent."),
      .optional(
        "parseSpecial", .boolean,
        "Whether control tokens that are spelled out in the prompt are taken for what they name; false if absent."),
      .progressToken,
    ])

  private static let message: Schema = .object(
    "One message.",
    [
      .required("role", .string(["system", "user", "assistant"]), "Who speaks."),
      .required("content", .string, "What is said; control tokens in it are plain text."),
    ])
}
