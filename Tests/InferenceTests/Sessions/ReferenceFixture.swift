import Inference
import JSON
import TestSupport
import Testing

/// A tiny model and what an independent double-precision transformer makes of it; see `Fixtures/make_fixtures.py`.
struct ReferenceFixture: Codable, Sendable, CustomTestStringConvertible {
  let name: String
  let format: String
  let prompt: [Int]
  /// The best token after the prompt, after the first best token, and so on.
  let greedy: [Int]
  /// The largest difference of a logit that rounding explains.
  let bound: Double
  /// After the last token of the prompt and after each greedy token: (1 + greedy, vocabulary).
  let logits: [[Double]]

  var testDescription: String { name }
  var path: String { Self.folder + name + ".gguf" }

  static let folder = Repository.root + "/Tests/InferenceTests/Fixtures/"

  static let all: [ReferenceFixture] = {
    guard let bytes = Repository.bytes("Tests/InferenceTests/Fixtures/expected.json"),
      let json = try? JSON.parse(bytes), let fixtures = try? json.decode([ReferenceFixture].self)
    else { return [] }
    return fixtures
  }()

  static func named(_ name: String) -> ReferenceFixture? { all.first { $0.name == name } }
}

/// The largest difference of two lists of the same length; infinite when the lengths differ or a value is not a number.
func largestDifference(_ first: [Float], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  let differences = zip(first, second).map { abs(Double($0) - $1) }
  return differences.contains { $0.isNaN } ? .infinity : differences.max() ?? .infinity
}

/// The largest difference of two lists of the same length; infinite when the lengths differ or a value is not a number.
func largestDifference(_ first: [Float], _ second: [Float]) -> Double {
  largestDifference(first, second.map(Double.init))
}
