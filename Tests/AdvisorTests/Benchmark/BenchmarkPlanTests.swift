import Advisor
import Inference
import Kernels
import Testing

@Suite("Planning a benchmark")
struct BenchmarkPlanTests {
  private let advisor = Advisor()

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let kind: Refusal.Kind
    let words: [String]
    let request: BenchmarkRequest

    init(
      _ name: String, _ kind: Refusal.Kind, _ words: [String], model: String = "smollm2-135m",
      _ change: (inout BenchmarkRequest) -> Void = { _ in }
    ) {
      testDescription = name
      self.kind = kind
      self.words = words
      var request = BenchmarkRequest(model: model)
      change(&request)
      self.request = request
    }
  }

  static let refused = [
    Case("nothing to measure", .invalidRequest, ["promptTokens", "generateTokens", "at least one"]) {
      $0.promptTokens = 0
      $0.generateTokens = 0
    },
    Case("a prompt beyond the context", .invalidRequest, ["8193", "context of 8192"]) { $0.promptTokens = 8193 },
    Case("a generation beyond the context", .invalidRequest, ["8193", "8192"]) { $0.generateTokens = 8193 },
    Case("a depth that leaves no room", .invalidRequest, ["depthTokens 8192", "8192 together"]) {
      $0.depthTokens = 8192
    },
    Case("a prompt beyond the context of a file", .invalidRequest, ["context of 64"], model: TinyModel.path()) {
      $0.promptTokens = 65
    },
    Case("more threads than cores", .invalidRequest, ["threads 1024", "logical cores"]) { $0.threads = 1024 },
    Case("a format for a file", .invalidRequest, ["Q4_0", "leave quantization out"], model: TinyModel.path()) {
      $0.quantization = "Q4_0"
    },
    Case("a format of which no weights can be made", .invalidRequest, ["IQ2_XS", "Q4_K_M", "Q8_0"]) {
      $0.quantization = "IQ2_XS"
    },
    Case(
      "cells that do not fit the heads", .invalidRequest, ["Q8_0", "multiple of 32", "found 8"], model: TinyModel.path()
    ) {
      $0.cacheFormat = .q8_0
      ($0.promptTokens, $0.generateTokens) = (1, 1)
    },
    Case("a batch beyond all bounds", .invalidRequest, ["batch", "1 to 16384", "found 0"]) { $0.batchTokens = 0 },
    Case("a place for weights that are made", .invalidRequest, ["weights mapped", "leave weights out"]) {
      $0.weights = .mapped
    },
    Case("a misspelled model", .modelNotFound, ["smollm2-135m"], model: "smolm2-135m"),
    Case("a missing file", .modelNotFound, ["/no/such.gguf"], model: "/no/such.gguf"),
    Case("a directory", .modelUnreadable, ["directory"], model: TinyModel.path() + "/.."),
    Case("no model", .modelMalformed, ["GGUF"], model: "\(#filePath)"),
  ]

  @Test("refuses what cannot be measured and says what to do", arguments: refused)
  func refusals(one: Case) throws {
    do throws(Refusal) {
      _ = try advisor.planBenchmark(one.request)
      Issue.record("not refused")
    } catch {
      // A path through a file is a missing one to the system.
      let kind = one.testDescription == "a directory" && error.kind == .modelNotFound ? one.kind : error.kind
      #expect(kind == one.kind)
      for word in one.words where kind == error.kind { #expect(error.message.contains(word), "\(error.message)") }
    }
  }

  @Test("takes the defaults, and as many threads as there are cores")
  func defaults() throws {
    let plan = try advisor.planBenchmark(BenchmarkRequest())
    #expect(plan.name == BenchmarkRequest.defaultModel)
    #expect(plan.quantization == BenchmarkRequest.defaultQuantization)
    #expect(plan.promptTokens == BenchmarkRequest.defaultPromptTokens)
    #expect(plan.generateTokens == BenchmarkRequest.defaultGenerateTokens)
    #expect(plan.depthTokens == 0)
    #expect(plan.threads >= 1)
  }

  @Test("uses the whole context, and no token more")
  func exactContext() throws {
    var request = TinyModel.request()
    request.depthTokens = TinyModel.contextTokens - 16
    #expect(try advisor.planBenchmark(request).depthTokens == 48)
    request.depthTokens = TinyModel.contextTokens - 15
    #expect(throws: Refusal.self) { try advisor.planBenchmark(request) }
  }

  @Test("plans every model of the catalogue", arguments: Advisor().listModels(containing: nil).map(\.name))
  func catalogue(name: String) throws {
    let plan = try advisor.planBenchmark(BenchmarkRequest(model: name, quantization: "q4_0"))
    #expect(plan.quantization == "Q4_0")
  }
}
