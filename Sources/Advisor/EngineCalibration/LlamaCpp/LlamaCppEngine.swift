import Hardware
import Inference
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// llama.cpp, run by its `llama-bench` on GGUF files.
struct LlamaCppEngine: CalibratedEngine {
  let engine = SpeedEngine.llamaCpp
  let narrowFormat = FileTypeRecipe.q8_0.rawValue
  let formats = FileTypeRecipe.runnable.map(\.rawValue)
  let defaultFormats = ["F16", "Q8_0", "Q4_0", "Q4_K_M", "Q6_K"]

  func format(named name: String) -> String? { FileTypeRecipe(runnable: name)?.rawValue }

  func program(_ given: String?) throws(Refusal) -> String {
    if let given {
      guard given.contains("/"), access(given, X_OK) == 0 else {
        throw Refusal(
          .invalidRequest,
          "'\(given)' is no program that can be run: give the path of \(LlamaBench.programName).",
          details: ["program": given])
      }
      return given
    }
    let files = SystemFiles.thisMachine
    guard let found = files.program(LlamaBench.programName) else {
      throw Refusal(
        .invalidRequest,
        "\(LlamaBench.programName) is not on PATH (looked in \(files.searchPath.joined(separator: ", "))): install llama.cpp, or "
          + "give the path of the program.")
    }
    return found
  }

  func requireReady(_ setting: CalibrationSetting) throws {}

  func work(_ model: ProbeModel, _ format: String) throws(Refusal) -> ModelWork {
    try model.work(FileTypeRecipe(runnable: format) ?? .q8_0)
  }

  func run(_ model: ProbeModel, _ format: String, _ setting: CalibrationSetting) throws -> [EngineRun] {
    let path = "\(setting.folder)/probe-\(format).gguf"
    var request = SynthesisRequest(output: path)
    request.shape = model.options
    request.format = format
    let advisor = Advisor()
    let plan = try advisor.planSynthesis(request)
    _ = try advisor.synthesize(plan, cancellation: setting.cancellation, progress: .ignored)
    let bench = LlamaBench(
      path: setting.program, timeLimitSeconds: setting.timeLimitSeconds, cancellation: setting.cancellation)
    let figures = try bench.run(
      path, threads: setting.threads, prompt: setting.prompt, generate: setting.generate)
    return setting.threads.compactMap { threads in
      guard let decode = figures.first(where: { $0.threads == threads && !$0.isPrefill }),
        let prefill = figures.first(where: { $0.threads == threads && $0.isPrefill })
      else { return nil }
      return EngineRun(
        threads: threads, promptTokens: setting.prompt, decode: decode.rates, prefill: prefill.rates,
        build: figures.first?.build ?? "unknown")
    }
  }
}

extension LlamaBench.Figure {
  /// The rates of the repetitions; of an older program that tells none their mean.
  fileprivate var rates: [Double] { samples.isEmpty ? [tokensPerSecond] : samples }
}
