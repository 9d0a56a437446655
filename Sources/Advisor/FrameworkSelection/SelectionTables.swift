import Evidence
import Knowledge

/// The facts of framework selection as tables of ready reasons, made once: an answer only picks and adds.
struct SelectionTables: Sendable {
  static let shared = SelectionTables()

  /// Points of the choices of a row of the platform matrix, the first choice first.
  private static let rowPoints: [Double] = [30, 20, 12, 8, 5]
  private static let workflowPoints: [Double] = [12, 8, 4, 0]
  private static let useCasePoints: [Double] = [10, 7, 4, 2]
  private static let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"]

  let records: [FrameworkRecord]
  /// By row id, then by the framework's index.
  private let rows: [String: [Reason]]
  private let matches: [String: PlatformMatch]
  private let workflows: [String: [Reason?]]
  private let useCases: [String: [Reason?]]
  /// By requirement id, then by the framework's index: the grade's share and the reason without its weight.
  private let requirements: [String: [(shareFraction: Double, reason: Reason)?]]
  private let corrections: [String: CorrectionNote]
  let manyUsers: [Reason]
  let installed: [Reason]
  let needsConversion: [Reason]
  let commands: [CommandTemplates]
  let cautions: [[String]]

  private init() {
    records = Framework.allCases.compactMap(FrameworkRecord.of)
    rows = Self.byID(PlatformRow.self, Self.reasons(for:))
    matches = Self.byID(PlatformRow.self) {
      PlatformMatch(
        row: $0.id, name: $0.name, commonly: $0.commonly, current: $0.current, because: $0.because, source: $0.source)
    }
    workflows = Self.byID(WorkflowRecord.self) { fact in
      Framework.allCases.map { framework in
        guard let place = fact.order.firstIndex(of: framework) else { return nil }
        return Self.reason(
          WorkflowPrefersOthers.card, Self.points(Self.workflowPoints, place),
          "\(Self.ordinal(place)) in the order for \(fact.id): \(fact.because)", .assumed, fact.source)
      }
    }
    useCases = Self.byID(UseCaseRecord.self) { fact in
      Framework.allCases.map { framework in
        guard let place = fact.favors.firstIndex(of: framework) else { return nil }
        return Self.reason(
          UseCaseFavorsOthers.card, Self.points(Self.useCasePoints, place), "\(fact.name): \(fact.because)", .assumed,
          fact.source)
      }
    }
    requirements = Self.byID(RequirementRecord.self) { fact in
      Framework.allCases.map { framework in
        guard let entry = fact.entry(framework) else { return nil }
        let commonly = entry.commonly.map { " Commonly graded: \($0)." } ?? ""
        return (
          entry.grade.shareFraction,
          Self.reason(
            RequirementBarelyMet.card, 0, "\(fact.name): \(entry.grade.rawValue). \(entry.because)\(commonly)",
            .published, entry.source)
        )
      }
    }
    corrections = Self.byID(Correction.self) { CorrectionNote(id: $0.id, note: $0.sentence, source: $0.source) }
    manyUsers = records.map { record in
      Self.reason(
        ServesFewUsers.card, record.servesManyUsers.shareFraction * 24 - 12,
        "Serving many requests at a time: \(record.servesManyUsers.rawValue).", .published, record.source)
    }
    installed = records.map {
      Self.reason(FrameworkNotInstalled.card, 6, "\($0.name) is installed here.", .measured, nil)
    }
    needsConversion = records.map {
      Self.reason(
        FileFormatUnreadable.card, -4, "\($0.name) does not run the model's file as it is.", .published, $0.source)
    }
    commands = records.map(CommandTemplates.init)
    cautions = records.map { $0.cautions.map(\.text) }
  }

  /// The reason that a row gives for, or against, a framework.
  func reason(row: String, _ framework: Framework) -> Reason? { rows[row]?[framework.index] }
  func match(row: String) -> PlatformMatch? { matches[row] }
  func reason(workflow: Situation.Workflow, _ framework: Framework) -> Reason? {
    workflows[workflow.rawValue]?[framework.index]
  }
  func reason(useCase: Situation.UseCase, _ framework: Framework) -> Reason? {
    useCases[useCase.rawValue]?[framework.index]
  }
  func correction(_ id: String) -> CorrectionNote? { corrections[id] }

  /// The reason that a requirement gives: `points` for the grade excellent, `-points` for none.
  func reason(requirement: String, _ framework: Framework, points: Double) -> Reason? {
    guard let (share, reason) = requirements[requirement]?[framework.index] else { return nil }
    var weighted = reason
    weighted.weight = ((2 * share - 1) * points * 10).rounded() / 10
    return weighted
  }

  private static func reasons(for row: PlatformRow) -> [Reason] {
    Framework.allCases.map { framework in
      guard let place = row.current.firstIndex(of: framework) else {
        return reason(
          OutsidePlatformMatrix.card, -10, "Not among the choices for: \(row.name).", .published, row.source)
      }
      return reason(
        OutsidePlatformMatrix.card, points(rowPoints, place),
        "\(ordinal(place)) choice for: \(row.name). \(row.because)",
        .published, row.source)
    }
  }

  static func reason(
    _ card: RuleCard, _ weight: Double, _ because: String, _ evidence: Evidence, _ source: String?
  ) -> Reason {
    Reason(
      code: card.code, rule: card.name, weight: weight, because: because, evidence: evidence,
      source: source ?? card.citations.first)
  }

  private static func byID<Record: FactRecord, Value>(
    _ type: Record.Type, _ make: (Record) -> Value
  ) -> [String: Value] {
    Dictionary(Record.catalogue.records.map { ($0.id, make($0)) }, uniquingKeysWith: { first, _ in first })
  }

  private static func points(_ points: [Double], _ place: Int) -> Double {
    points.indices.contains(place) ? points[place] : points.last ?? 0
  }

  private static func ordinal(_ place: Int) -> String {
    let word = ordinals.indices.contains(place) ? ordinals[place] : "a later"
    return word.prefix(1).uppercased() + word.dropFirst()
  }
}
