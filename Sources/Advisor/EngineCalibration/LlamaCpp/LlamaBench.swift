import Hardware
import JSON
import Kernels

/// llama.cpp's own benchmark program.
struct LlamaBench {
  static let programName = "llama-bench"

  let path: String
  let timeLimitSeconds: Double
  let cancellation: Cancellation?

  /// A figure of one run.
  struct Figure: Hashable {
    let threads: Int
    let isPrefill: Bool
    let tokensPerSecond: Double
    /// Of the repetitions.
    let samples: [Double]
    let build: String
  }

  /// Runs a model with each number of threads: a prompt, and a generation, each three times.
  ///
  /// - Throws: `Refusal` with what the program said, or `Cancelled`.
  func run(_ model: String, threads: [Int], prompt: Int, generate: Int) throws -> [Figure] {
    let outcome = ProgramRun.of(
      path,
      [
        "-m", model, "-p", "\(prompt)", "-n", "\(generate)", "-t", threads.map(String.init).joined(separator: ","),
        "-ngl", "0", "-r", "3", "-o", "json",
      ], deadlineSeconds: timeLimitSeconds, cancellation: cancellation)
    switch outcome {
    case .output(let text): return try Self.figures(text, program: path)
    case .cancelled: throw Cancelled()
    case .notStarted(let reason): throw failure("could not be started: \(reason)")
    case .failed(let status, let message):
      throw failure("ended with status \(status)" + (message.isEmpty ? " and no message" : ": \(message)"))
    case .tookTooLong:
      throw failure("took more than \(Int(timeLimitSeconds)) seconds; give a larger timeLimitSeconds")
    case .tooMuchOutput: throw failure("printed more than any llama-bench does")
    }
  }

  private func failure(_ what: String) -> Refusal {
    Refusal(.measurementFailed, "\(path) \(what).", details: ["program": path])
  }

  /// The figures that `llama-bench -o json` printed.
  static func figures(_ text: String, program: String) throws(Refusal) -> [Figure] {
    let json: JSON
    do throws(JSON.ParseError) { json = try JSON.parse(text) } catch {
      throw Refusal(
        .measurementFailed, "\(program) printed no JSON, as llama-bench -o json does: \(error).",
        details: ["program": program])
    }
    var figures: [Figure] = []
    for entry in json.array ?? [] {
      guard let threads = entry["n_threads"]?.integer, let prompt = entry["n_prompt"]?.integer,
        let rate = entry["avg_ts"]?.double, rate > 0, rate.isFinite
      else { continue }
      let samples = entry["samples_ts"]?.array?.compactMap(\.double).filter { $0 > 0 && $0.isFinite } ?? []
      let commit = entry["build_commit"]?.string ?? "unknown"
      let number = entry["build_number"]?.integer.map { "b\($0) " } ?? ""
      figures.append(
        Figure(
          threads: Int(threads), isPrefill: prompt > 0, tokensPerSecond: samples.sorted().middle ?? rate,
          samples: samples, build: number + commit))
    }
    guard !figures.isEmpty else {
      throw Refusal(
        .measurementFailed,
        "\(program) printed no figures: expected a list of objects with n_threads, n_prompt and avg_ts, as llama-bench -o "
          + "json prints it.", details: ["program": program])
    }
    return figures
  }
}
