/// A weight matrix to multiply with, and where its bytes come from.
package struct KernelShape: Codable, Sendable, Hashable {
  package var rows: Int
  package var columns: Int
  /// nil is `memory`.
  package var residence: Residence?

  package init(rows: Int, columns: Int, residence: Residence = .memory) {
    self.rows = rows
    self.columns = columns
    self.residence = residence
  }

  /// Where the data of a measurement lies.
  package enum Residence: String, Codable, Sendable, CaseIterable {
    /// Each pass reads other bytes of a working set that the caches do not hold: as weights are read while decoding.
    case memory
    /// Each thread works on the same bytes again and again: the speed of the instructions alone.
    case cache
  }

  /// A feed-forward matrix of a model with a billion parameters, and one that every thread's own cache holds.
  package static let defaults = [
    KernelShape(rows: 2048, columns: 8192), KernelShape(rows: 64, columns: 2048, residence: .cache),
  ]
}
