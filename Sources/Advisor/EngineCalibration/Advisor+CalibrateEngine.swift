import Benchmarking
import Evidence
import Hardware
import Inference
import JSON
package import Kernels
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Advisor {
  /// What the engines' programs are run with.
  private static let (calibrationPrompt, calibrationGenerate) = (256, 24)

  /// Finds out without running anything whether an engine can be calibrated; the program's path.
  package func checkCalibration(_ request: CalibrationRequest) throws(Refusal) -> String {
    _ = try recipes(request)
    guard request.engine == .llamaCpp else {
      throw Refusal(
        .invalidRequest,
        "\(request.engine.rawValue) cannot be calibrated: expected \(SpeedEngine.llamaCpp.rawValue), whose "
          + "\(LlamaBench.programName) runs a GGUF file. Predictions for \(request.engine.rawValue) follow from usual shares of "
          + "the machine's ceilings.", details: ["engine": request.engine.rawValue])
    }
    let files = SystemFiles.thisMachine
    if let program = request.program {
      guard program.hasPrefix("/") || program.contains("/"), access(program, X_OK) == 0 else {
        throw Refusal(
          .invalidRequest,
          "'\(program)' is no program that can be run: give the path of \(LlamaBench.programName).",
          details: ["program": program])
      }
      return program
    }
    guard let found = files.program(LlamaBench.programName) else {
      throw Refusal(
        .invalidRequest,
        "\(LlamaBench.programName) is not on PATH (looked in \(files.searchPath.joined(separator: ", "))): install llama.cpp, or "
          + "give the path of the program.")
    }
    return found
  }

  /// Runs an engine on small models that are made for it, and keeps how it compares with ours in the machine's profile.
  ///
  /// Takes about a minute. - Throws: `Refusal`, or `Cancelled`; the program is then dead and its models are gone.
  package func calibrate(
    _ request: CalibrationRequest, in store: ProfileStore? = .ofUser(), cancellation: Cancellation, progress: Progress
  ) throws -> CalibrationReport {
    let clock = MonotonicClock.system
    let start = clock.nowSeconds()
    let program = try checkCalibration(request)
    var (profile, record) =
      try request.profile.map {
        ($0, ProfileRecord(.given, measuredAtUnixSeconds: $0.measuredAtUnixSeconds))
      } ?? profile(in: store, cancellation: cancellation, progress: progress.part(from: 0, to: 0.2))
    let threads = Set(request.threads ?? [1, profile.measurement.threads]).sorted()
    let folder = try Self.temporaryFolder()
    defer { rmdir(folder) }
    let bench = LlamaBench(path: program, timeLimitSeconds: request.timeLimitSeconds, cancellation: cancellation)
    let fit = CalibrationFit(
      rates: EngineRates(profile.measurement), prompt: Self.calibrationPrompt, generate: Self.calibrationGenerate,
      batchTokens: request.engine.batchTokens)
    let recipes = try recipes(request)
    progress.report("run", 0.2, "\(request.engine.rawValue) with narrow layers")
    let narrow = try figures(.narrow, .q8_0, threads, bench, folder, cancellation)
    var calibration = EngineCalibration(
      engine: request.engine.rawValue, build: narrow.first?.build ?? "unknown", program: program,
      calibratedAtUnixSeconds: Timestamp.unixSeconds(), factors: [], layers: [])
    for count in threads {
      guard let (decode, prefill) = Self.pair(narrow, count) else { continue }
      calibration.layers.append(
        fit.layer(
          try ProbeModel.narrow.work(.q8_0), decode: decode.tokensPerSecond, prefill: prefill.tokensPerSecond,
          threads: count))
    }
    var runs: [CalibrationReport.Run] = []
    for (index, recipe) in recipes.enumerated() {
      progress.report(
        "run", 0.25 + 0.75 * Double(index) / Double(recipes.count), "\(request.engine.rawValue) in \(recipe.rawValue)")
      let found = try figures(.main, recipe, threads, bench, folder, cancellation)
      let work = try ProbeModel.main.work(recipe)
      for count in threads {
        guard let (decode, prefill) = Self.pair(found, count),
          let layer = calibration.layers.first(where: { $0.threads == count })
        else { continue }
        let factors = fit.factors(
          work, decode: decode.tokensPerSecond, prefill: prefill.tokensPerSecond, threads: count, layer: layer)
        calibration.factors.append(
          EngineCalibration.Factor(
            fileType: recipe.rawValue, threads: count, decodeFactor: factors.decode, prefillFactor: factors.prefill,
            promptTokens: Self.calibrationPrompt,
            spreadFraction: max(FormatMeter.spread(decode.samples), FormatMeter.spread(prefill.samples))))
        let own = PassForecast(work, fit.rates, threads: count)
        runs.append(
          CalibrationReport.Run(
            fileType: recipe.rawValue, threads: count, decodeTokensPerSecond: decode.tokensPerSecond,
            prefillTokensPerSecond: prefill.tokensPerSecond,
            ownDecodeTokensPerSecond: 1 / own.decode(depth: Double(Self.calibrationGenerate) / 2).seconds,
            ownPrefillTokensPerSecond: Double(Self.calibrationPrompt)
              / own.prefill(
                tokens: Self.calibrationPrompt, depth: 0, batchTokens: SpeedEngine.edgewise.batchTokens
              ).seconds))
      }
    }
    profile.keep(calibration)
    if request.profile == nil, !keep(profile, in: store, &record.remarks) { record.path = nil }
    progress.report("done", 1)
    return CalibrationReport(
      calibration: calibration, runs: runs, profile: record, elapsedSeconds: clock.nowSeconds() - start,
      assumptions: [
        Assumption(
          what: "What holds for a model with 190 million parameters holds for larger ones of the same format.",
          effect: "Predictions for this build keep an interval of about 10 %.")
      ],
      next: [
        NextStep(
          purpose: "Predict the speed of a model with this build.",
          command: "edgewise speed llama-3.2-1b --engine \(request.engine.rawValue)", method: "model/speed",
          params: ["model": "llama-3.2-1b", "engine": .string(request.engine.rawValue)])
      ])
  }

  private func recipes(_ request: CalibrationRequest) throws(Refusal) -> [FileTypeRecipe] {
    var result: [FileTypeRecipe] = []
    for name in request.formats ?? CalibrationRequest.defaultFormats {
      guard let recipe = FileTypeRecipe(runnable: name) else {
        throw Refusal(
          .invalidRequest,
          "Weights of the file type '\(name.prefix(40))' cannot be made: expected some of "
            + FileTypeRecipe.runnable.map(\.rawValue).joined(separator: ", ") + ".")
      }
      if !result.contains(recipe) { result.append(recipe) }
    }
    return result
  }

  /// Writes a model, runs it, and removes it.
  private func figures(
    _ model: ProbeModel, _ recipe: FileTypeRecipe, _ threads: [Int], _ bench: LlamaBench, _ folder: String,
    _ cancellation: Cancellation
  ) throws -> [LlamaBench.Figure] {
    let path = "\(folder)/probe-\(recipe.rawValue).gguf"
    defer { unlink(path) }
    var request = SynthesisRequest(output: path)
    request.shape = model.options
    request.format = recipe.rawValue
    _ = try synthesize(try planSynthesis(request), cancellation: cancellation, progress: .ignored)
    return try bench.run(path, threads: threads, prompt: Self.calibrationPrompt, generate: Self.calibrationGenerate)
  }

  private static func pair(
    _ figures: [LlamaBench.Figure], _ threads: Int
  ) -> (decode: LlamaBench.Figure, prefill: LlamaBench.Figure)? {
    guard let decode = figures.first(where: { $0.threads == threads && !$0.isPrefill }),
      let prefill = figures.first(where: { $0.threads == threads && $0.isPrefill })
    else { return nil }
    return (decode, prefill)
  }

  /// A folder for the user alone, in `TMPDIR` or `/tmp`.
  private static func temporaryFolder() throws(Refusal) -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/edgewise-" + String(repeating: "X", count: 6)).utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    guard isMade else {
      throw Refusal(
        .measurementFailed,
        "No folder for temporary models could be made in '\(base)': \(String(cString: strerror(errno))). Set TMPDIR to one."
      )
    }
    return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? base }
  }
}
