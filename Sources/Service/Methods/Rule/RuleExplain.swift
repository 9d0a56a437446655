package import Advisor
package import JSON
import Knowledge

/// `rule/explain`: what stands behind a code.
package enum RuleExplain: Method {
  package static let name = "rule/explain"
  package static let summary = "Explains the rule, known message or complaint behind a code."
  package static let discussion = """
    Codes stand beside every reason, finding and cause: EW1xx memory, EW2xx format and compatibility, EW3xx speed, EW4xx \
    quality, EW5xx deployment, EW6xx environment; known messages have words as codes, such as lcp-cuda-oom. A rule is \
    also found by its name. Without a code all of them are listed.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "Explain a Code", readOnly: true)

  package struct Params: Codable, Sendable {
    package var code: String?
  }

  package static let params = Schema.object(
    "The code, or nothing for the list.",
    [.optional("code", .string(length: 1...200), "The code of a rule, message or complaint, or the name of a rule.")])

  package static let reply = Schema.record(
    "What stands behind the code: one of rule, symptom and complaint; or the list.",
    [
      .optional("rule", rule, "The rule."),
      .optional("symptom", symptom, "The known message or described trouble."),
      .optional("complaint", complaint, "The complaint in plain words."),
      .optional("codes", .array(codeSummary), "Every code, when none was asked for."),
      .required("next", .array(.nextStep), "Commands or calls to run next."),
    ])

  private static let rule = Schema.record(
    "A rule.",
    [
      .required("code", .string, "The stable code."),
      .required("name", .string, "The name, which reads well after \"allow\"."),
      .required("severity", .cases(RuleCard.Severity.self), "How bad it is when the rule fires."),
      .required("summary", .string, "What the rule notices."),
      .required("rationale", .string, "Why it holds."),
      .required("remedies", .array(remedy), "What to do about it."),
      .required("citations", .array(.string), "Where the facts come from."),
      .required(
        "examples",
        .array(
          .record(
            "An example.",
            [
              .required("name", .string, "The situation in a few words."),
              .required("expected", .cases(Outcome.Kind.self), "What the rule makes of it."),
            ])), "Situations, and what the rule makes of them."),
    ])

  private static let remedy = Schema.record(
    "A remedy.",
    [
      .optional("framework", .cases(Framework.self), "The framework that it is for; absent when for every one."),
      .required("steps", .array(.string), "What to do, in order."),
      .optional("commands", .array(.string), "Command lines; {model} and the like are for you to fill in."),
      .optional("verify", .string, "How to see that it helped."),
    ])

  private static let symptom = Schema.record(
    "A known message or described trouble.",
    [
      .required("code", .string, "The stable code."),
      .required("title", .string, "The text of the message, or the trouble in words."),
      .required("framework", .string, "The framework that it belongs to; any for all."),
      .required("severity", .cases(Symptom.Severity.self), "How bad it is, or of what kind."),
      .required("match", .string, "How it is recognized: substring, concept (in words), or a regular expression."),
      .required("why", .string, "Why it happens."),
      .required("remedies", .array(.diagnosisRemedy), "What to do about it."),
      .required("related", .array(.string), "The codes of rules that explain more."),
      .required("evidence", .cases(Symptom.Basis.self), "What stands behind the record."),
      .required("sources", .array(.string), "Where it was found."),
    ])

  private static let complaint = Schema.record(
    "A complaint in plain words.",
    [
      .required("code", .string, "The stable code."),
      .required("title", .string, "The complaint as a sentence."),
      .required("words", .array(.array(.string)), "It is recognized by one word of each group."),
      .required(
        "candidates", .array(.string), "The codes of the rules that may be behind it, the most frequent first."),
    ])

  private static let codeSummary = Schema.record(
    "A code.",
    [
      .required("code", .string, "The code."),
      .required("kind", .cases(CodeSummary.Kind.self), "What it stands for."),
      .required("title", .string, "What it is about."),
      .optional("severity", .string, "How bad it is."),
    ])

  package static let examples = [
    Example(
      "A rule", ["code": "EW351"], shows: ["/rule/name": "bandwidth-bound-decode", "/rule/severity": "warning"],
      isReproducible: true),
    Example("A rule by its name", ["code": "too-many-threads"], shows: ["/rule/code": "EW354"]),
    Example(
      "A known message", ["code": "lcp-ggufv1"], shows: ["/symptom/framework": "llama.cpp"], isReproducible: true),
    Example("A complaint", ["code": "slow-first-token"], shows: ["/complaint/candidates/0": "EW353"]),
    Example("Every code", [:], shows: ["/codes/0/code": "EW101"]),
    Example("A misspelled code", ["code": "EW999"], failure: .ruleUnknown),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> CodeExplanation {
    try call.advisor.explain(code: params.code)
  }
}
