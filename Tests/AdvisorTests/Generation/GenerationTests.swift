import Advisor
import Evidence
import Inference
import JSON
import Kernels
import Synchronization
import TestSupport
import Testing
import Tokenization

/// The model is the tiny one that was trained; its file says what it must answer.
@Suite("Generation")
struct GenerationTests {
  static let model = Repository.root + "/Tests/InferenceTests/Fixtures/trained.gguf"
  static let expected = (try? JSON.parse(Repository.bytes("Tests/InferenceTests/Fixtures/trained.json") ?? [])) ?? .null

  private func request(_ change: (inout GenerationRequest) -> Void = { _ in }) -> GenerationRequest {
    var request = GenerationRequest(model: Self.model)
    request.prompt = Self.expected["prompt"]?.string
    request.maxTokens = 24
    request.threads = 1
    change(&request)
    return request
  }

  private func generate(
    _ request: GenerationRequest, progress: Progress = .ignored, cancellation: Cancellation = Cancellation()
  ) throws -> GenerationReport {
    let advisor = Advisor()
    return try advisor.generate(advisor.planGeneration(request), cancellation: cancellation, progress: progress)
  }

  private func refusal(_ request: GenerationRequest) -> Refusal? {
    do {
      _ = try Advisor().planGeneration(request)
      return nil
    } catch {
      return error
    }
  }

  @Test("says what the model says in exact arithmetic, and counts what it took")
  func exact() throws {
    let report = try generate(request())
    #expect(report.promptTokens.map { .integer(Int64($0)) } == Self.expected["promptTokens"]?.array)
    #expect(report.tokens.map { .integer(Int64($0)) } == Self.expected["answerTokens"]?.array)
    #expect(report.text == Self.expected["answer"]?.string)
    #expect(report.stopReason == .maxTokens)
    #expect(report.contextTokens == report.promptTokens.count + 24)
    #expect(report.timings.prefillTokensPerSecond.value > 0)
    #expect(report.timings.decodeTokensPerSecond?.samples == 23)
    #expect(report.timings.tokenizeSeconds != nil)
  }

  @Test("gives the same from text and from its ids, in pieces that make the whole")
  func pieces() throws {
    let texts = Mutex<[String]>([])
    let whole = try generate(
      request {
        $0.tokens = Self.expected["promptTokens"]?.array?.compactMap(\.integer)
        $0.prompt = nil
      },
      progress: Progress { phase, _, text in if phase == "text" { texts.withLock { $0.append(text) } } })
    #expect(whole.text == Self.expected["answer"]?.string)
    #expect(texts.withLock { $0.count } > 8)
    #expect(texts.withLock { $0.joined() } == whole.text)
  }

  @Test("ends before a stop text, and within the context")
  func ends() throws {
    let answer = try #require(Self.expected["answer"]?.string)
    let end = try #require(answer.firstIndex(of: "."))
    let stopped = try generate(request { $0.stop = ["?", "."] })
    #expect(stopped.text == String(answer[..<end]))
    #expect(stopped.stopReason == .stopText && stopped.stoppedBy == ".")
    let full = try generate(request { $0.contextTokens = 12 })
    #expect(full.stopReason == .contextFull)
    #expect(full.promptTokens.count + full.tokens.count == 13)
  }

  @Test("says the same from mapped weights and in small batches, and reports both")
  func options() throws {
    let usual = try generate(request())
    #expect(usual.batchTokens == usual.contextTokens && usual.cacheFormat == .f16 && usual.model.weights == .copied)
    let report = try generate(
      request {
        $0.weights = .mapped
        $0.batchTokens = 3
      })
    #expect(report.tokens == usual.tokens && report.batchTokens == 3 && report.model.weights == .mapped)
    #expect(report.memory.cacheBytesPerToken == 2 * 2 * 2 * 16 * 2)
  }

  @Test("repeats itself for a seed, and not for another")
  func seeds() throws {
    func text(_ seed: Int) throws -> String? {
      try generate(
        request {
          ($0.temperature, $0.topK, $0.topP, $0.minP) = (1.5, 0, 1, 0)
          $0.seed = seed
        }
      ).text
    }
    #expect(try text(5) == text(5))
    #expect(try text(5) != text(6))
  }

  @Test("is cancelled between tokens, and not begun when it is cancelled before")
  func cancel() throws {
    let cancellation = Cancellation()
    #expect(throws: Cancelled.self) {
      try generate(
        request { $0.maxTokens = 200 },
        progress: Progress { phase, _, _ in if phase == "text" { cancellation.cancel() } }, cancellation: cancellation)
    }
    #expect(throws: Cancelled.self) { try generate(request(), cancellation: cancellation) }
  }

  @Test("refuses what cannot be a prompt, and says what to do")
  func badPrompts() {
    let cases: [(String, [String], (inout GenerationRequest) -> Void)] = [
      ("no prompt", ["one of prompt, tokens and messages", "none"], { $0.prompt = nil }),
      ("two prompts", ["found 2"], { $0.tokens = [1] }),
      ("empty text", ["/prompt", "empty", "beginning"], { $0.prompt = "" }),
      ("no ids", ["/tokens", "empty"], { ($0.prompt, $0.tokens) = (nil, []) }),
      ("an id outside", ["/tokens/1", "320", "0 to 319"], { ($0.prompt, $0.tokens) = (nil, [1, 320]) }),
      ("a negative id", ["/tokens/0", "-1"], { ($0.prompt, $0.tokens) = (nil, [-1]) }),
      ("longer than the context", ["no room", "context of 4"], { $0.contextTokens = 4 }),
      ("beyond the model", ["contextTokens 1000", "256"], { $0.contextTokens = 1000 }),
      ("no chat template", ["chat template"], { ($0.prompt, $0.messages) = (nil, [ChatMessage(.user, "a")]) }),
      ("cells that do not fit", ["Q4_0", "multiple of 32", "found 16"], { $0.cacheFormat = .q4_0 }),
      ("no batch", ["batch", "found 0"], { $0.batchTokens = 0 }),
      ("a bad option", ["temperature"], { $0.temperature = -1 }),
    ]
    for (name, words, change) in cases {
      let message = refusal(request(change))?.message ?? ""
      for word in words { #expect(message.contains(word), "\(name): \(message)") }
    }
    #expect(refusal(request()) == nil)
  }

  @Test("takes ids where a catalogue model has no vocabulary, and says so")
  func synthetic() throws {
    var request = GenerationRequest(model: "smollm2-135m")
    request.prompt = "Hello"
    #expect(refusal(request)?.kind == .modelUnsupported)
    (request.prompt, request.tokens, request.quantization) = (nil, [1, 2], "Q4_0")
    let plan = try Advisor().planGeneration(request)
    #expect(plan.tokenizer == nil && plan.prompt == [1, 2])
    #expect(plan.warnings.contains { $0.contains("without text") })
  }
}
