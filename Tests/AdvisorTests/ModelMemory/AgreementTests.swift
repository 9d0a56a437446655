import Evidence
import Knowledge
import TestSupport
import Testing

@testable import Advisor

@Suite("What two methods say of one model")
struct AgreementTests {
  private let advisor = Advisor()

  private func memory(_ model: String, _ format: String? = nil, _ engine: MemoryEngine = .llamaCpp) throws
    -> MemoryForecast
  {
    var request = MemoryRequest(model: model)
    request.format = format
    request.engine = engine
    return try advisor.memory(request).forecast
  }

  @Test(
    "is one memory: inspecting, asking for it, and the list",
    arguments: ["llama-3.1-8b", "gemma-3-4b", "qwen3-30b-a3b", "granite-4.0-h-small", "smollm2-360m"])
  func inspection(_ name: String) throws {
    let report = try advisor.inspect(ModelInspection(model: name))
    #expect(report.memory == (try memory(name)))
    #expect(
      advisor.listModels(containing: name).first { $0.name == name }?.weightBytes == report.memory.quantity(.weights))
    var question = ModelInspection(model: name)
    question.weightFormat = "mlx/4bit-g64"
    #expect(try advisor.inspect(question).memory == (try memory(name, "mlx/4bit-g64")))
    for fit in report.quantizations where fit.framework == .llamaCpp {
      #expect(fit.weightBytes == (try memory(name, fit.format).quantity(.weights)), "\(fit.format)")
    }
  }

  @Test("is one memory of a file, in its own format and in others")
  func file() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    let path = tree.path + "/small.gguf"
    let report = try advisor.inspect(ModelInspection(model: path))
    var request = MemoryRequest(model: path)
    request.contextTokens = report.memory.settings.contextTokens
    #expect(report.memory == (try advisor.memory(request).forecast))
    for fit in report.quantizations where fit.framework == .llamaCpp {
      request.format = fit.format
      #expect(fit.weightBytes == (try advisor.memory(request).forecast.quantity(.weights)), "\(fit.format)")
    }
  }

  @Test(
    "is one total for every format that is advised", arguments: [Framework.llamaCpp, .mlx, .openvino, .olive, .ollama])
  func advice(_ framework: Framework) throws {
    var request = QuantizationRequest(model: "qwen3-4b")
    request.framework = framework
    request.machine = .platform("apple-m4-pro")
    request.limit = 100
    let engine = try #require(MemoryEngine(framework))
    let answer = try advisor.adviseQuantization(request)
    #expect(!answer.formats.isEmpty)
    for format in answer.formats {
      let forecast = try memory("qwen3-4b", format.id, engine)
      #expect(format.totalBytes == forecast.totalBytes, "\(format.id)")
      #expect(format.weightBytes == forecast.quantity(.weights), "\(format.id)")
    }
  }

  @Test(
    "is one speed: of every format that is advised, and of its recommendation", arguments: ["rpi5", "apple-m4-pro"])
  func speed(_ machine: String) throws {
    var request = QuantizationRequest(model: "qwen3-4b")
    request.machine = .platform(machine)
    request.limit = 100
    let answer = try advisor.adviseQuantization(request)
    let engine = try #require(SpeedEngine(answer.framework))
    let basis = try #require(try advisor.speedBasis(.platform(machine)).basis)
    #expect(!answer.formats.isEmpty)
    for format in answer.formats {
      var question = SpeedQuestion(model: "qwen3-4b")
      question.format = format.id
      question.engine = engine.rawValue
      question.promptTokens = 1
      question.depthTokens = answer.memory.contextTokens / 2
      let speed = try advisor.predictSpeed(question, basis: basis)
      #expect(speed.weightBytes == Int(format.weightBytes.value) || speed.format == format.format)
      #expect(format.decodeTokensPerSecond == speed.decodeTokensPerSecond, "\(format.id)")
    }
  }

  @Test("is one speed of a measured machine, by its profile")
  func measuredSpeed() throws {
    let profile = try MadeUpMachine.profile()
    var request = QuantizationRequest(model: "llama-3.2-1b")
    request.machine = .measured(profile)
    request.framework = .llamaCpp
    request.limit = 100
    let answer = try advisor.adviseQuantization(request)
    for format in answer.formats {
      var question = SpeedQuestion(model: "llama-3.2-1b")
      question.format = format.id
      question.engine = "llama.cpp"
      question.promptTokens = 1
      question.depthTokens = answer.memory.contextTokens / 2
      let rate = try advisor.predictSpeed(question, basis: MadeUpMachine.basis(profile)).decodeTokensPerSecond
      #expect(format.decodeTokensPerSecond == rate && rate.evidence == .calibrated, "\(format.id)")
    }
  }
}
