import Evidence
import JSON
package import Knowledge
import ModelFiles

/// A question about numeric formats as a caller asks it: the machine and the model by name.
package struct QuantizationRequest: Codable, Sendable, Hashable {
  /// A path or a name of the catalogue.
  package var model: String
  package var machine: MachineReference?
  package var framework: Framework?
  package var device: QuantizationDevice?
  package var accuracy: Situation.AccuracyGoal?
  /// How much of a benchmark's score must be kept.
  package var accuracyKeptFraction: Double?
  package var contextTokens: Int?
  package var memoryLimitBytes: Int?
  /// The decode rate that is wanted.
  package var decodeTokensPerSecond: Double?
  /// The bandwidth that was measured on the machine.
  package var measuredReadBytesPerSecond: Double?
  /// Decode rates that were measured, by the name of the format.
  package var measuredDecodeTokensPerSecond: [String: Double]?
  /// How many formats to list.
  package var limit: Int?

  package init(model: String) { self.model = model }

  package static let devices = QuantizationDevice.allCases.map(\.rawValue)
  package static let accuracies = Situation.AccuracyGoal.allCases.map(\.rawValue)
  package static let losses = QualityNote.Loss.allCases.map(\.rawValue)
  package static let defaultContextTokens = 4096
  package static let defaultLimit = 6
}

extension Advisor {
  /// Looks the machine and the model up and ranks the formats for them.
  ///
  /// - Throws: `machineUnknown` and `modelNotFound` with the nearest names, what reading a model file refuses, and
  ///   `invalidRequest` for a measured rate of a format that no framework has.
  package func adviseQuantization(_ request: QuantizationRequest) throws(Refusal) -> QuantizationAnswer {
    let known = try machine(request.machine)
    let model = try describe(model: request.model)
    var question = QuantizationQuestion(
      model: model, memory: try MemoryModels.shared.model(request.model, advisor: self), reference: request.model,
      speed: try machineSpeed(
        request.machine, known,
        readBytesPerSecond: request.measuredReadBytesPerSecond.map {
          Quantity($0, evidence: .measured, source: "measuredReadBytesPerSecond")
        }))
    question.repository =
      model.origin == .catalogue ? CatalogueModel.catalogue.record(model.name)?.repository : nil
    question.situation.machine = Situation.Machine(known.machine)
    question.situation.software = Situation.Software(known.machine)
    if let bandwidth = request.measuredReadBytesPerSecond {
      question.situation.machine.memoryBandwidthBytesPerSecond = bandwidth
      question.situation.machine.memoryBandwidthIsMeasured = true
    }
    question.situation.goals.accuracy = request.accuracy
    question.situation.goals.accuracyKeptFraction = request.accuracyKeptFraction
    question.situation.goals.memoryLimitBytes = request.memoryLimitBytes
    question.situation.goals.decodeTokensPerSecond = request.decodeTokensPerSecond
    question.framework = request.framework
    question.device = request.device
    let longest = max(1, model.hyperparameters.contextTokens ?? .max)
    question.contextTokens = request.contextTokens ?? min(QuantizationRequest.defaultContextTokens, longest)
    question.measuredDecodeTokensPerSecond = try checked(request.measuredDecodeTokensPerSecond ?? [:])
    question.limit = request.limit ?? QuantizationRequest.defaultLimit
    var answer = adviseQuantization(question)
    // Speeds that follow from a description rest on the same.
    answer.assumptions = known.assumptions + answer.assumptions.filter { !known.assumptions.contains($0) }
    return answer
  }

  private func checked(_ rates: [String: Double]) throws(Refusal) -> [String: Double] {
    let names = Set(QuantizationRecord.catalogue.records.map(\.name))
    for name in rates.keys.sorted() where !names.contains(name) {
      let near = Spelling.nearest(to: name, among: names.sorted(), limit: 3)
      throw Refusal(
        .invalidRequest,
        "measuredDecodeTokensPerSecond names the format '\(name.prefix(100))', which no framework has."
          + (near.isEmpty ? "" : " Near to it: \(near.joined(separator: ", "))."),
        details: near.first.map { ["nearest": $0] } ?? [:])
    }
    return rates
  }
}
