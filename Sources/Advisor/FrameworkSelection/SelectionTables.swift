import Evidence
import JSON
import Knowledge

/// The facts of framework selection as tables of ready reasons, made once: an answer only picks and adds.
struct SelectionTables: Sendable {
  static let shared = SelectionTables()

  /// Points of the choices of a row of the platform matrix, the first choice first.
  private static let rowPoints: [Double] = [30, 20, 12, 8, 5]
  private static let workflowPoints: [Double] = [12, 8, 4, 0]
  private static let useCasePoints: [Double] = [10, 7, 4, 2]
  private static let ordinals = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"]

  /// In the order of `Framework.allCases`, so that an index is a framework's.
  let entries: [FrameworkEntry]
  /// By row id, then by the framework's index.
  private let rows: [String: [Prepared<Reason>]]
  private let matches: [String: Prepared<PlatformMatch>]
  private let workflows: [String: [Prepared<Reason>?]]
  private let useCases: [String: [Prepared<Reason>?]]
  /// By requirement id, then by the framework's index.
  private let requirements: [String: [GradeReason?]]
  private let corrections: [String: Prepared<CorrectionNote>]
  private let rowCorrections: [String: Prepared<CorrectionNote>]
  let manyUsers: [Prepared<Reason>]
  let installed: [Prepared<Reason>]
  let needsConversion: [Prepared<Reason>]
  let commands: [CommandTemplates]
  let cautions: [[String]]

  private init() {
    let entries = Framework.allCases.compactMap { framework in
      FrameworkRecord.of(framework).map { FrameworkEntry($0, framework) }
    }
    self.entries = entries
    rows = Self.byID(PlatformRow.self, Self.reasons(for:))
    matches = Self.byID(PlatformRow.self) {
      Prepared(
        PlatformMatch(
          row: $0.id, name: $0.name, commonly: $0.commonly, current: $0.current, because: $0.because, source: $0.source)
      )
    }
    workflows = Self.byID(WorkflowRecord.self) { fact in
      Framework.allCases.map { framework in
        fact.order.firstIndex(of: framework).map { place in
          Self.reason(
            WorkflowPrefersOthers.card, Self.points(Self.workflowPoints, place),
            "\(Self.ordinal(place)) in the order for \(fact.id): \(fact.because)", .assumed, fact.source)
        }
      }
    }
    useCases = Self.byID(UseCaseRecord.self) { fact in
      Framework.allCases.map { framework in
        fact.favors.firstIndex(of: framework).map { place in
          Self.reason(
            UseCaseFavorsOthers.card, Self.points(Self.useCasePoints, place), "\(fact.name): \(fact.because)", .assumed,
            fact.source)
        }
      }
    }
    requirements = Self.byID(RequirementRecord.self) { fact in
      Framework.allCases.map { framework in fact.entry(framework).map { GradeReason(fact, $0) } }
    }
    let corrections = Self.byID(Correction.self) {
      Prepared(CorrectionNote(id: $0.id, note: $0.sentence, source: $0.source))
    }
    self.corrections = corrections
    rowCorrections = Self.byID(PlatformRow.self) { $0.correction.flatMap { corrections[$0] } }.compactMapValues(\.self)
    manyUsers = entries.map {
      Self.reason(
        ServesFewUsers.card, $0.record.servesManyUsers.shareFraction * 24 - 12,
        "Serving many requests at a time: \($0.record.servesManyUsers.rawValue).", .published, $0.record.source)
    }
    installed = entries.map {
      Self.reason(FrameworkNotInstalled.card, 6, "\($0.record.name) is installed here.", .measured, nil)
    }
    needsConversion = entries.map {
      Self.reason(
        FileFormatUnreadable.card, -4, "\($0.record.name) does not run the model's file as it is.", .published,
        $0.record.source)
    }
    commands = entries.map { CommandTemplates($0.record) }
    cautions = entries.map { $0.record.cautions.map(\.text) }
  }

  /// The reasons that a row gives for, or against, each framework.
  func reasons(row: String) -> [Prepared<Reason>]? { rows[row] }
  func match(row: String) -> Prepared<PlatformMatch>? { matches[row] }
  func reasons(workflow: Situation.Workflow) -> [Prepared<Reason>?]? { workflows[workflow.rawValue] }
  func reasons(useCase: Situation.UseCase) -> [Prepared<Reason>?]? { useCases[useCase.rawValue] }
  func reasons(requirement: String) -> [GradeReason?]? { requirements[requirement] }
  func correction(_ id: String) -> Prepared<CorrectionNote>? { corrections[id] }
  func correction(row: String) -> Prepared<CorrectionNote>? { rowCorrections[row] }

  private static func reasons(for row: PlatformRow) -> [Prepared<Reason>] {
    Framework.allCases.map { framework in
      guard let place = row.current.firstIndex(of: framework) else {
        return reason(
          OutsidePlatformMatrix.card, -10, "Not among the choices for: \(row.name).", .published, row.source)
      }
      return reason(
        OutsidePlatformMatrix.card, points(rowPoints, place),
        "\(ordinal(place)) choice for: \(row.name). \(row.because)", .published, row.source)
    }
  }

  static func reason(
    _ card: RuleCard, _ weight: Double, _ because: String, _ evidence: Evidence, _ source: String?
  ) -> Prepared<Reason> {
    Prepared(plainReason(card, weight, because, evidence, source))
  }

  static func plainReason(
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
    ordinals.indices.contains(place) ? ordinals[place] : "A later"
  }
}
