import Inference
import JSON
import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("A small trained model")
struct TrainedModelTests {
  /// A model in one format, the texts that it was not trained on, and its perplexity on them in double precision; see
  /// `Fixtures/make_trained.py`.
  struct Trained: Codable, Sendable, CustomTestStringConvertible {
    let name: String
    let format: String
    let perplexity: Double
    /// That of guessing by the frequency of letters.
    let unigram: Double
    let texts: [[Int]]

    var testDescription: String { format }
  }

  static let folder = "Tests/InferenceTests/Fixtures/trained/"

  static let all: [Trained] = {
    guard let bytes = Repository.bytes(folder + "expected.json"), let json = try? JSON.parse(bytes),
      let models = try? json.decode([Trained].self)
    else { return [] }
    return models
  }()

  private func perplexity(_ trained: Trained, _ kernels: KernelSet) throws -> Double {
    let model = try Model.open(path: Repository.root + "/" + Self.folder + trained.name + ".gguf")
    let session = try Session(model: model, kernels: kernels, team: ThreadTeam(threads: 2), contextTokens: 256)
    var (loss, count) = (0.0, 0)
    for text in trained.texts {
      session.reset()
      for (token, next) in zip(text, text.dropFirst()) {
        try session.decode(token)
        let logits = session.logits.map(Double.init)
        let largest = logits.max() ?? 0
        loss += log(logits.reduce(0) { $0 + exp($1 - largest) }) - (logits[next] - largest)
        count += 1
      }
    }
    return exp(loss / Double(count))
  }

  @Test("all three formats are there")
  func formats() {
    #expect(Self.all.map(\.format) == ["F16", "Q8_0", "Q4_0"])
    #expect(Self.all.allSatisfy { $0.texts.joined().count > 200 })
  }

  @Test(
    "its perplexity is that of double precision, far below guessing, and the same whatever the tier", arguments: all)
  func perplexity(_ trained: Trained) throws {
    let measured = try KernelSet.usable.map { try perplexity(trained, $0) }
    // Activations in 8 bits err by half a step of 1/127 of the largest of 32: half a percent over two layers.
    let allowed = trained.format == "F16" ? 1e-4 : 0.005
    for value in measured {
      #expect(abs(value / trained.perplexity - 1) < allowed, "\(value) instead of \(trained.perplexity)")
      #expect(value < 0.6 * trained.unigram && value > 1)
    }
    // Tiers with the same activations differ by the order of sums, and where that flips the rounding of one to 8 bits.
    let spread = (measured.max() ?? 0) / (measured.min() ?? 1) - 1
    #expect(spread < allowed, "\(measured)")
  }
}
