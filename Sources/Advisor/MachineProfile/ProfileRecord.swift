/// Where a profile that an answer rests on comes from, and how old it is.
package struct ProfileRecord: Codable, Sendable, Hashable {
  package var state: State
  /// The file that it is kept in; nil for one that was given inline, or could not be kept.
  package var path: String?
  package var measuredAt: String?
  /// What should be known about it, as sentences: a changed machine, a file that could not be read or written.
  package var remarks: [String]

  package enum State: String, Codable, Sendable, CaseIterable {
    /// Measured for this question, and kept for the next.
    case measured
    /// Measured earlier on this machine, which has not changed since.
    case stored
    /// Given by the caller, measured elsewhere or earlier.
    case given
    /// Nothing was measured: rates follow from what is published or assumed of the machine.
    case described
  }

  package init(_ state: State, path: String? = nil, measuredAtUnixSeconds: Int? = nil, remarks: [String] = []) {
    self.state = state
    self.path = path
    measuredAt = measuredAtUnixSeconds.map(Timestamp.text)
    self.remarks = remarks
  }
}
