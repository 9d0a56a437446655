import Knowledge
import Testing

@Suite struct RuleBookTests {
  struct Example: CustomTestStringConvertible {
    let rule: any Rule.Type
    let example: RuleExample
    var testDescription: String { "\(rule.code) \(example.expected): \(example.name)" }
  }

  static let examples = RuleBook.all.flatMap { rule in rule.examples.map { Example(rule: rule, example: $0) } }

  @Test("a rule makes of its examples what they say", arguments: examples)
  func example(_ example: Example) {
    #expect(example.rule.check(example.example.situation).kind == example.example.expected)
  }

  @Test("each rule has an example of each outcome that it can have", arguments: RuleBook.codes)
  func outcomes(_ code: String) throws {
    let rule = try #require(RuleBook.rule(code: code))
    #expect(Set(rule.examples.map(\.expected)) == Set(Outcome.Kind.allCases))
  }

  @Test("the list is sorted and its codes and names are unique")
  func sorted() {
    let codes = RuleBook.codes
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(Set(RuleBook.all.map { $0.card.name }).count == codes.count)
  }

  @Test("a card is complete", arguments: RuleBook.codes)
  func card(_ code: String) throws {
    let card = try #require(RuleBook.rule(code: code)).card
    #expect(card.code.count == 5)
    #expect(card.code.hasPrefix("EW"))
    #expect((101...699).contains(Int(card.code.dropFirst(2)) ?? 0))
    #expect(card.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
    #expect(card.summary.hasSuffix("."))
    #expect(card.rationale.hasSuffix("."))
    #expect(!card.citations.isEmpty)
    #expect(card.remedies.allSatisfy { !$0.steps.isEmpty })
  }

  @Test("a rule that cannot judge names facts that a situation has")
  func missingNames() {
    let areas: Set = ["machine", "model", "goals", "run", "software"]
    for rule in RuleBook.all {
      if case .unknown(let missing) = rule.check(Situation()) {
        #expect(!missing.isEmpty)
        for name in missing { #expect(areas.contains(String(name.prefix { $0 != "." })), "\(rule.code): \(name)") }
      }
    }
  }

  @Test("a rule is found by its code in any letter case and by its name")
  func lookup() {
    #expect(RuleBook.rule(code: "ew101")?.code == "EW101")
    #expect(RuleBook.rule(code: "weights-exceed-memory")?.code == "EW101")
    #expect(RuleBook.rule(code: "EW999") == nil)
  }

  @Test("an examination lists what fired and what was missing")
  func examine() {
    let situation = Situation {
      $0.model.weightBytes = 8_000_000_000
      $0.machine.usableMemoryBytes = 4_000_000_000
    }
    let (findings, _) = RuleBook.examine(situation)
    #expect(findings.contains { $0.code == "EW101" && $0.because.contains("8 GB") })
    #expect(RuleBook.examine(Situation()).missing.contains("model.weightBytes"))
  }
}
