/// An engine that is run on small models to find out how its build compares with ours.
///
/// A new one is a folder beside this file and a line in `CalibratedEngines.all`.
protocol CalibratedEngine: Sendable {
  var engine: SpeedEngine { get }
  /// The format of the narrow model.
  var narrowFormat: String { get }
  /// The names of the formats that can be made for it, as `model/speed` takes them.
  var formats: [String] { get }
  /// Those that are run unless others are asked for.
  var defaultFormats: [String] { get }

  /// The format of that name as it is kept; nil when there is none.
  func format(named name: String) -> String?
  /// The path of the program to run: the given one, or the one on `PATH`. Runs nothing.
  func program(_ given: String?) throws(Refusal) -> String
  /// Throws unless the program has what it takes; it may be run for a moment.
  func requireReady(_ setting: CalibrationSetting) throws
  /// What passing tokens through a model in a format takes.
  func work(_ model: ProbeModel, _ format: String) throws(Refusal) -> ModelWork
  /// Writes a model to the setting's folder, which is emptied afterwards, and runs it with each number of threads.
  ///
  /// - Throws: `Refusal` with what the program said, or `Cancelled`.
  func run(_ model: ProbeModel, _ format: String, _ setting: CalibrationSetting) throws -> [EngineRun]
}

/// The engines that can be calibrated.
enum CalibratedEngines {
  static let all: [any CalibratedEngine] = [LlamaCppEngine(), ONNXRuntimeEngine(), MLXEngine(), OpenVINOEngine()]

  /// The one of that id.
  static func engine(_ engine: SpeedEngine) throws(Refusal) -> any CalibratedEngine {
    if let found = all.first(where: { $0.engine == engine }) { return found }
    throw Refusal(
      .invalidRequest,
      "\(engine.rawValue) cannot be calibrated: expected one of "
        + all.map(\.engine.rawValue).joined(separator: ", ") + ".", details: ["engine": engine.rawValue])
  }
}

extension CalibratedEngine {
  func format(named name: String) -> String? { formats.first { $0 == name } }

  /// The formats that a request asks for, each once.
  func formats(asked names: [String]?) throws(Refusal) -> [String] {
    var result: [String] = []
    for name in names ?? defaultFormats {
      guard let format = format(named: name) else {
        throw Refusal(
          .invalidRequest,
          "No model can be made for \(engine.rawValue) in the format '\(name.prefix(40))': expected some of "
            + formats.joined(separator: ", ") + ".")
      }
      if !result.contains(format) { result.append(format) }
    }
    return result
  }
}
