package import Evidence
package import Knowledge

/// A framework that could be used.
package struct FrameworkCandidate: Codable, Sendable, Hashable {
  package var framework: Framework
  package var name: String
  /// The version that the facts hold for.
  package var version: String
  /// The sum of the weights of the reasons.
  package var score: Double
  /// What would do the work: `CPU`, or a back end and the device.
  package var runsOn: String
  var reasonList: PreparedList<Reason>
  var commandList: PreparedList<FrameworkCommand>
  package var cautions: [String]

  private enum CodingKeys: String, CodingKey {
    case framework, name, version, score, runsOn, cautions
    case reasonList = "reasons"
    case commandList = "commands"
  }
}

extension FrameworkCandidate {
  /// Reasons for have positive weights, reasons against negative ones.
  package var reasons: [Reason] { reasonList.values }
  /// In the order in which to run them.
  package var commands: [FrameworkCommand] { commandList.values }
}
