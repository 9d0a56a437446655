import Inference
import JSON
import Kernels
import ModelFiles
import Quantization
import TensorFormats
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A model of two layers that was trained on text of a small grammar; see `Fixtures/train_tiny.py`.
@Suite("Held-out text")
struct HeldOutTextTests {
  struct Expectation: Codable, Sendable {
    /// A text that was not trained on.
    let text: String
    let tokens: [Int]
    /// Of `tokens`, in double precision with the weights of the file.
    let perplexity: Double
    let promptTokens: [Int]
    /// The most likely continuation, in double precision.
    let answerTokens: [Int]
  }

  static let expectation: Expectation? = Repository.bytes("Tests/InferenceTests/Fixtures/trained.json").flatMap {
    try? JSON.parse($0).decode(Expectation.self)
  }
  static let path = Repository.root + "/Tests/InferenceTests/Fixtures/trained.gguf"

  /// How far the logarithm of the perplexity may be off, as a difference in the mean negative log-likelihood.
  ///
  /// Activations and the cache in F16 have relative errors of 2^-11 and logits of about 20 that they add up to; the mean
  /// over 95 tokens of errors of either sign stays well below the 5e-3 of one logit. Weights in Q8_0 have errors of at
  /// most half of 1/127 of the largest of 32, root mean square 2e-3 of their size, in each of 14 matrices in turn.
  static let bounds: [(format: TensorFormat, bound: Double)] = [(.f16, 5e-3), (.f32, 5e-3), (.q8_0, 3e-2)]

  @Test(
    "knows the grammar of text that it has not seen: its perplexity is what exact arithmetic says, on every tier",
    arguments: KernelSet.usable, bounds.map(\.format))
  func perplexity(kernels: KernelSet, format: TensorFormat) throws {
    let expected = try #require(Self.expectation)
    let bound = try #require(Self.bounds.first { $0.format == format }?.bound)
    let file = try Self.file(in: format)
    let model = try Model(file: file)
    let session = try Session(
      model: model, kernels: kernels, team: try ThreadTeam(threads: 2), contextTokens: expected.tokens.count)
    var sum = 0.0
    for (token, next) in zip(expected.tokens, expected.tokens.dropFirst()) {
      try session.decode(token)
      sum -= logLikelihood(of: next, session.logits)
    }
    let mean = sum / Double(expected.tokens.count - 1)
    #expect(abs(mean - log(expected.perplexity)) < bound)
    // A guess among all tokens would have the vocabulary's size; one among the words of the grammar about 40.
    #expect(exp(mean) < 3 && model.shape.vocabularySize > 300)
  }

  @Test("goes on as in exact arithmetic, on every tier", arguments: KernelSet.usable)
  func answer(kernels: KernelSet) throws {
    let expected = try #require(Self.expectation)
    let session = try Session(
      model: try Model.open(path: Self.path), kernels: kernels, team: try ThreadTeam(threads: 1), contextTokens: 64)
    #expect(
      try session.generateGreedy(prompt: expected.promptTokens, count: expected.answerTokens.count)
        == expected.answerTokens)
  }

  private func logLikelihood(of token: Int, _ logits: [Float]) -> Double {
    let top = Double(logits.max() ?? 0)
    return Double(logits[token]) - top - log(logits.reduce(0) { $0 + exp(Double($1) - top) })
  }

  /// The file with its matrices in another format, and without its vocabulary.
  private static func file(in format: TensorFormat) throws -> GGUFFile {
    let file = try GGUFFile.open(path: path)
    guard format != .f16 else { return file }
    var writer = GGUFWriter()
    for entry in file.metadata.entries {
      switch entry.value {
      case .string(let text): writer.metadata.append((entry.key, .string(text)))
      case .unsigned(let number): writer.metadata.append((entry.key, .uint32(UInt32(number))))
      case .floating(let number): writer.metadata.append((entry.key, .float32(Float(number))))
      default: break
      }
    }
    for tensor in file.tensors {
      let bytes = Array(file.bytes(of: tensor))
      let shape = tensor.shape.map { UInt64($0) }
      guard tensor.shape.count == 2 else {
        writer.tensors.append(.init(tensor.name, shape, format: TensorFormat.f32.id, bytes: bytes))
        continue
      }
      let values = try #require(Codecs.dequantize(bytes, format: .f16)).map { Float($0) }
      let coded = try #require(Codecs.quantize(values, format: format))
      writer.tensors.append(.init(tensor.name, shape, format: format.id, bytes: coded))
    }
    return try GGUFFile.parse(writer.bytes())
  }
}
