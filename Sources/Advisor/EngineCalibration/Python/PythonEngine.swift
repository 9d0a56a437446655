import Hardware
import Inference
import Kernels
import Knowledge
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An engine that is a module of Python, driven by a script of ours.
protocol PythonEngine: CalibratedEngine {
  /// What a user of the engine calls it.
  var title: String { get }
  /// The modules that the script imports.
  var modules: [String] { get }
  /// What pip installs them by.
  var packages: [String] { get }
  /// The part of the script that is the engine's own; `PythonScript` tells what it must define.
  var script: String { get }
  /// The framework under which the catalogue has the engine's formats.
  var framework: Framework { get }

  /// Writes the model that the script loads from the folder.
  func write(_ model: ProbeModel, _ format: String, to folder: ProbeFolder) throws
}

extension PythonEngine {
  /// A format by its id in the catalogue, or by its name alone.
  func format(named name: String) -> String? {
    let name = name.lowercased()
    return formats.first { $0.lowercased() == name || $0 == framework.rawValue + "/" + name }
  }

  func program(_ given: String?) throws(Refusal) -> String {
    if let given {
      guard given.contains("/"), access(given, X_OK) == 0 else {
        throw Refusal(
          .invalidRequest,
          "'\(given)' is no program that can be run: give the path of a Python that has \(title).",
          details: ["program": given])
      }
      return given
    }
    let files = SystemFiles.thisMachine
    guard let found = files.program("python3") else {
      throw Refusal(
        .invalidRequest,
        "python3 is not on PATH (looked in \(files.searchPath.joined(separator: ", "))): give the path of a Python that has "
          + "\(title).")
    }
    return found
  }

  func requireReady(_ setting: CalibrationSetting) throws {
    let outcome = ProgramRun.of(
      setting.program, ["-c", PythonScript.search] + modules,
      deadlineSeconds: min(60, setting.timeLimitSeconds), limitBytes: 1 << 16, cancellation: setting.cancellation)
    if case .failed(PythonScript.missingStatus, let message) = outcome {
      let missing = modules.first { message.hasSuffix($0) } ?? modules.joined(separator: ", ")
      throw Refusal(
        .invalidRequest,
        "\(setting.program) has no module \(missing): install it (\(setting.program) -m pip install "
          + "\(packages.joined(separator: " "))), or give the path of a Python that has \(title) as the program.",
        details: ["program": setting.program, "module": missing])
    }
    _ = try output(outcome, setting)
  }

  func work(_ model: ProbeModel, _ format: String) throws(Refusal) -> ModelWork {
    guard let record = QuantizationRecord.catalogue.record(format) else { return try model.work(.f32) }
    return try model.work(bitsPerWeight: record.bitsPerWeight)
  }

  func run(_ model: ProbeModel, _ format: String, _ setting: CalibrationSetting) throws -> [EngineRun] {
    try write(model, format, to: ProbeFolder(path: setting.folder, cancellation: setting.cancellation))
    return try setting.threads.map { threads in
      // Engines size their thread pools once for a process.
      let outcome = ProgramRun.of(
        setting.program,
        [
          "-c", PythonScript.text(script), setting.folder, "\(threads)", "\(setting.prompt)", "\(setting.generate)",
          "\(model.vocabulary)",
        ], deadlineSeconds: setting.timeLimitSeconds, limitBytes: 1 << 16, cancellation: setting.cancellation)
      return try PythonMeasurement(try output(outcome, setting), setting).run(threads: threads)
    }
  }

  /// What the program printed; throws when it failed.
  private func output(_ outcome: ProgramRun.Outcome, _ setting: CalibrationSetting) throws -> String {
    let what: String
    switch outcome {
    case .output(let text): return text
    case .cancelled: throw Cancelled()
    case .notStarted(let reason): what = "could not be started: \(reason)"
    case .failed(let status, let message):
      what =
        "could not run a small model with \(title): it ended with status \(status)"
        + (message.isEmpty ? " and no message" : ": \(message)")
    case .tookTooLong:
      what = "took more than \(Int(setting.timeLimitSeconds)) seconds; give a larger timeLimitSeconds"
    case .tooMuchOutput: what = "printed more than any measurement takes"
    }
    throw Refusal(.measurementFailed, "\(setting.program) \(what).", details: ["program": setting.program])
  }
}
