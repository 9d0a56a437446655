extension FormatSummary {
  /// The matrices by format, most bytes first.
  static func all(_ matrices: [WeightMatrix]) -> [FormatSummary] {
    sum(
      matrices.map { matrix in
        [
          FormatSummary(
            format: matrix.format, tensors: matrix.tensors, parameters: matrix.parameters, bytes: matrix.bytes)
        ]
      })
  }

  /// The sums of several lists, most bytes first.
  static func sum(_ lists: [[FormatSummary]]) -> [FormatSummary] {
    var totals: [String: FormatSummary] = [:]
    for summary in lists.joined() {
      let before = totals[summary.format]
      totals[summary.format] = FormatSummary(
        format: summary.format, tensors: (before?.tensors ?? 0) + summary.tensors,
        parameters: (before?.parameters ?? 0) &+ summary.parameters, bytes: (before?.bytes ?? 0) &+ summary.bytes)
    }
    return totals.values.sorted { ($0.bytes, $1.format) > ($1.bytes, $0.format) }
  }
}
