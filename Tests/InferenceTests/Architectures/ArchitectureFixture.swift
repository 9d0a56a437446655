import JSON
import TestSupport
import Testing

/// A tiny model of an architecture and what an independent double-precision transformer makes of it; see
/// `Fixtures/make_architectures.py`.
struct ArchitectureFixture: Codable, Sendable, CustomTestStringConvertible {
  let name: String
  let architecture: String
  let format: String
  /// The context of the session, which decides how longrope rotates.
  let context: Int
  let prompt: [Int]
  /// The best token after the prompt, and so on.
  let greedy: [Int]
  /// The largest divergence of the next token's distribution.
  let kl: Double
  /// After the last token of the prompt and after each greedy token: (1 + greedy, vocabulary).
  let logits: [[Double]]

  var testDescription: String { name }
  var path: String { Self.folder + name + ".gguf" }
  var isPlain: Bool { format == "F32" || format == "F16" }

  static let folder = ReferenceFixture.folder + "architectures/"

  static let all: [ArchitectureFixture] = {
    guard let bytes = Repository.bytes("Tests/InferenceTests/Fixtures/architectures/expected.json"),
      let json = try? JSON.parse(bytes), let fixtures = try? json.decode([ArchitectureFixture].self)
    else { return [] }
    return fixtures
  }()
}
