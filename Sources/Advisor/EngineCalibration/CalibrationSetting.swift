import Kernels

/// How an engine's program is run.
struct CalibrationSetting {
  let program: String
  /// Where models are written.
  let folder: String
  /// The numbers of threads, rising.
  let threads: [Int]
  /// The tokens of the prompt and of the generation.
  let prompt: Int
  let generate: Int
  /// The time limit of one run of the program.
  let timeLimitSeconds: Double
  let cancellation: Cancellation
}
