import Evidence
import Knowledge

/// A framework's grade in a row of the requirement matrix, as a reason whose weight the question decides.
final class GradeReason: Sendable {
  private let shareFraction: Double
  private let reason: Reason

  init(_ fact: RequirementRecord, _ entry: RequirementRecord.Entry) {
    shareFraction = entry.grade.shareFraction
    let commonly = entry.commonly.map { " Commonly graded: \($0)." } ?? ""
    reason = SelectionTables.plainReason(
      RequirementBarelyMet.card, 0, "\(fact.name): \(entry.grade.rawValue). \(entry.because)\(commonly)", .published,
      entry.source)
  }

  /// The weight of the grade: `points` for excellent, `-points` for none, to a tenth.
  func weight(points: Double) -> Double { ((2 * shareFraction - 1) * points * 10).rounded() / 10 }

  /// The reason with that weight.
  func reason(points: Double) -> Prepared<Reason> {
    var weighted = reason
    weighted.weight = weight(points: points)
    return Prepared(weighted)
  }
}
