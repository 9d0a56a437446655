import Benchmarking
import Evidence
import JSON
package import Kernels

extension Advisor {
  /// What the engines' programs are run with.
  private static let (calibrationPrompt, calibrationGenerate) = (256, 24)

  /// Finds out without running anything whether an engine can be calibrated; the program's path.
  package func checkCalibration(_ request: CalibrationRequest) throws(Refusal) -> String {
    let engine = try CalibratedEngines.engine(request.engine)
    _ = try engine.formats(asked: request.formats)
    return try engine.program(request.program)
  }

  /// Runs an engine on small models that are made for it, and keeps how it compares with ours in the machine's profile.
  ///
  /// Takes a minute or two. - Throws: `Refusal`, or `Cancelled`; the program is then dead and its models are gone.
  package func calibrate(
    _ request: CalibrationRequest, in store: ProfileStore? = .ofUser(), cancellation: Cancellation, progress: Progress
  ) throws -> CalibrationReport {
    let clock = MonotonicClock.system
    let start = clock.nowSeconds()
    let engine = try CalibratedEngines.engine(request.engine)
    let formats = try engine.formats(asked: request.formats)
    let program = try engine.program(request.program)
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    func setting(_ threads: [Int]) -> CalibrationSetting {
      CalibrationSetting(
        program: program, folder: folder.path, threads: threads, prompt: Self.calibrationPrompt,
        generate: Self.calibrationGenerate, timeLimitSeconds: request.timeLimitSeconds, cancellation: cancellation)
    }
    try engine.requireReady(setting([]))
    var (profile, record) =
      try request.profile.map {
        ($0, ProfileRecord(.given, measuredAtUnixSeconds: $0.measuredAtUnixSeconds))
      } ?? profile(in: store, cancellation: cancellation, progress: progress.part(from: 0, to: 0.2))
    let threads = setting(Set(request.threads ?? [1, profile.measurement.threads]).sorted())
    let fit = CalibrationFit(
      rates: EngineRates(profile.measurement), prompt: Self.calibrationPrompt, generate: Self.calibrationGenerate,
      batchTokens: request.engine.batchTokens)
    progress.report("run", 0.2, "\(request.engine.rawValue) with narrow layers")
    let narrow = try engine.run(.narrow, engine.narrowFormat, threads)
    folder.empty()
    let narrowWork = try engine.work(.narrow, engine.narrowFormat)
    var calibration = EngineCalibration(
      engine: request.engine.rawValue, build: narrow.first?.build ?? "unknown", program: program,
      calibratedAtUnixSeconds: Timestamp.unixSeconds(), factors: [],
      layers: narrow.map { fit.layer(narrowWork, $0) })
    var runs: [CalibrationReport.Run] = []
    for (index, format) in formats.enumerated() {
      progress.report(
        "run", 0.25 + 0.75 * Double(index) / Double(formats.count), "\(request.engine.rawValue) in \(format)")
      let found = try engine.run(.main, format, threads)
      folder.empty()
      let work = try engine.work(.main, format)
      for run in found {
        guard let layer = calibration.layers.first(where: { $0.threads == run.threads }) else { continue }
        calibration.factors.append(fit.factor(format, work, run, layer: layer))
        let own = PassForecast(work, fit.rates, threads: run.threads)
        runs.append(
          CalibrationReport.Run(
            fileType: format, threads: run.threads, decodeTokensPerSecond: run.decodeTokensPerSecond,
            prefillTokensPerSecond: run.prefillTokensPerSecond,
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
}
