import Evidence
package import JSON

extension Schema {
  /// A number with its interval and evidence; the key that holds it names the unit.
  package static let quantity: Schema = .named(
    "Quantity",
    .record(
      "A number with its interval and its evidence; its unit stands in the name of the key.",
      [
        .required("value", .number, "The best single figure."),
        .optional("low", .number, "The lower end of the 80 % interval; absent when exact."),
        .optional("high", .number, "The upper end of the 80 % interval; absent when exact."),
        .required("evidence", .cases(Evidence.self), "Where the number comes from."),
        .optional("samples", .integer(0...), "How many samples stand behind a measured value."),
        .required("source", .string, "The method, formula or citation."),
      ]))

  /// An argument for or against a choice.
  package static let reason: Schema = .named(
    "Reason",
    .record(
      "One argument for or against a choice, tied to a rule.",
      [
        .required("code", .string, "The stable code; rule/explain says more."),
        .required("rule", .string, "The name of the rule."),
        .required("weight", .number, "What the reason adds to the score of the choice, or takes from it."),
        .required("because", .string, "The reason as a sentence."),
        .required("evidence", .cases(Evidence.self), "Where the reason's facts come from."),
        .optional("source", .string, "The citation."),
      ]))

  /// Something that an answer took for granted.
  package static let assumption: Schema = .named(
    "Assumption",
    .record(
      "Something that the answer took for granted.",
      [
        .required("what", .string, "What was assumed."),
        .required("effect", .string, "What changes in the answer if it does not hold."),
      ]))

  /// Something to do next.
  package static let nextStep: Schema = .named(
    "NextStep",
    .record(
      "Something to do next: a shell command, or a call of this service.",
      [
        .required("purpose", .string, "What the step achieves."),
        .optional("command", .string, "A command line, ready to paste."),
        .optional("method", .string, "A method of this service."),
        .optional("params", .any, "The parameters of that call."),
      ]))

  /// The lists that every advising reply ends in.
  package static let closingMembers: [Member] = [
    .required("assumptions", .array(assumption), "What was taken for granted, and how much depends on it."),
    .required("next", .array(nextStep), "Commands or calls to run next."),
  ]

  /// The token under which long work reports its progress.
  package static let progressToken: Member = .optional(
    "progressToken", .oneOf([.string(length: 1...256), .integer]),
    "When given, `$/progress` notifications with this token say how far the work is.")
}
