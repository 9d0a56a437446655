import Advisor
import TestSupport

/// The real model files of a few kilobytes that the tests of the inference engine use; their context is 64 tokens.
enum TinyModel {
  static let contextTokens = 64

  static func path(_ name: String = "q8_0-grouped-tied") -> String {
    Repository.root + "/Tests/InferenceTests/Fixtures/\(name).gguf"
  }

  /// A request that is measured in a moment.
  static func request(_ name: String = "q8_0-grouped-tied") -> BenchmarkRequest {
    var request = BenchmarkRequest(model: path(name))
    request.promptTokens = 16
    request.generateTokens = 8
    request.threads = 1
    request.maximumRepetitions = 5
    request.timeLimitSeconds = 0.2
    return request
  }
}
