import Evidence
import Hardware
import Kernels
import Testing

@testable import Advisor

@Suite("Predicting speed")
struct PredictSpeedTests {
  private let advisor = Advisor()

  private func answer(_ change: (inout SpeedQuestion) -> Void = { _ in }, model: String = "llama-3.2-1b") throws
    -> SpeedAnswer
  {
    var question = SpeedQuestion(model: model)
    question.format = "Q8_0"
    change(&question)
    return try advisor.predictSpeed(question, basis: MadeUpMachine.basis(try MadeUpMachine.profile()))
  }

  @Test("decode takes the bytes of a token at the format's rate, and little more")
  func decode() throws {
    let answer = try answer { $0.threads = 1 }
    let weights = Double(answer.weightBytes) / 1e9
    #expect(abs(answer.decodeParts.weightSeconds / weights - 1) < 0.01)
    let rate = answer.decodeTokensPerSecond
    #expect(rate.value < 1 / weights && rate.value > 0.9 / weights)
    #expect(try #require(rate.low) < rate.value && rate.value < (try #require(rate.high)))
    #expect(rate.evidence == .calibrated)
  }

  @Test("two threads are faster than one, a longer prompt takes longer, and a deeper cache slows decoding")
  func monotonic() throws {
    let one = try answer { $0.threads = 1 }
    let two = try answer { $0.threads = 2 }
    #expect(two.decodeTokensPerSecond.value > 1.5 * one.decodeTokensPerSecond.value)
    let long = try answer { $0.promptTokens = 2048 }
    #expect(long.timeToFirstTokenSeconds.value > 3.9 * two.timeToFirstTokenSeconds.value)
    let deep = try answer { $0.depthTokens = 32768 }
    #expect(deep.decodeParts.attentionSeconds > 20 * two.decodeParts.attentionSeconds)
    #expect(deep.decodeTokensPerSecond.value < two.decodeTokensPerSecond.value)
  }

  @Test(
    "architectures that the engine does not run are predicted by their own matrices, without what is only looked up",
    arguments: ["gemma-3n-e2b", "gemma-4-e2b", "granite-4.0-h-tiny", "lfm2-8b-a1b"])
  func ownMatrices(name: String) throws {
    let answer = try answer({ $0.format = "F16" }, model: name)
    let memory = try advisor.memoryModel(name, format: "F16")
    #expect(Double(answer.weightBytes) == memory.weights?.bytes.value)
    #expect(answer.bytesReadPerToken < answer.weightBytes && answer.standIn?.contains("The matrices of") == true)
    guard name == "gemma-3n-e2b" else { return }
    // All but the table of the layers' own embeddings, which is looked up, and the vectors; and 513 positions of the 30 layers.
    let table = 2 * 256 * 30 * 262_400
    let cache = 2 * 2 * 512 * (6 * 513 + 24 * 512)
    #expect(abs(answer.bytesReadPerToken - (answer.weightBytes - table + cache)) < 4_000_000)
  }

  @Test("a mixture reads the experts that a token uses, and a batch nearly all")
  func experts() throws {
    let answer = try answer(model: "qwen3-30b-a3b")
    #expect(Double(answer.bytesReadPerToken) < 0.2 * Double(answer.weightBytes))
    let experts = ModelWork.Experts(count: 128, used: 8)
    #expect(abs(experts.unique(tokens: 1) - 8) < 1e-6)
    #expect(experts.unique(tokens: 512) > 127)
  }

  @Test(
    "a platform of the catalogue is predicted with a wide interval and no measured grade",
    arguments: ["rpi5", "apple-m4-pro"])
  func described(name: String) throws {
    let basis = try #require(try advisor.speedBasis(.platform(name)).basis)
    var question = SpeedQuestion(model: "llama-3.2-1b")
    question.engine = "llama.cpp"
    let answer = try advisor.predictSpeed(question, basis: basis)
    let rate = answer.decodeTokensPerSecond
    #expect([.published, .assumed].contains(rate.evidence) && answer.profile.state == .described)
    #expect(try #require(rate.high) / #require(rate.low) > 2)
    #expect(answer.next.contains { $0.command?.contains("--save") == true })
  }

  @Test(
    "our own engine is predicted on the processor, however fast the GPU",
    arguments: ["jetson-orin-nano-super", "apple-m4-max"])
  func processor(name: String) throws {
    let basis = try #require(try advisor.speedBasis(.platform(name)).basis)
    var question = SpeedQuestion(model: "llama-3.2-1b")
    question.engine = "edgewise"
    let ours = try advisor.predictSpeed(question, basis: basis)
    question.engine = "llama.cpp"
    let theirs = try advisor.predictSpeed(question, basis: basis)
    #expect(ours.decodeTokensPerSecond.value < theirs.decodeTokensPerSecond.value)
    #expect(ours.timeToFirstTokenSeconds.value > 2 * theirs.timeToFirstTokenSeconds.value)
    #expect(ours.decodeTokensPerSecond.evidence == .assumed)
    #expect(try #require(ours.decodeTokensPerSecond.high) / #require(ours.decodeTokensPerSecond.low) >= 4)
    #expect(ours.assumptions.allSatisfy { !$0.what.contains("model runs on") })
    #expect(theirs.assumptions.contains { $0.what.contains("model runs on") })
  }

  @Test("our own engine is refused where only a graphics card is known, with what to ask instead")
  func cardAlone() throws {
    let basis = try #require(try advisor.speedBasis(.platform("rtx-4090")).basis)
    var question = SpeedQuestion(model: "llama-3.2-1b")
    let refusal = try #require(throws: Refusal.self) { try advisor.predictSpeed(question, basis: basis) }
    #expect(refusal.message.contains("processor alone") && refusal.message.contains("llama.cpp"))
    question.engine = "llama.cpp"
    #expect(try advisor.predictSpeed(question, basis: basis).decodeTokensPerSecond.value > 0)
  }

  @Test("every platform of the catalogue has a prediction, or says that its memory's bandwidth is not known")
  func platforms() throws {
    var predicted = 0
    for platform in advisor.listPlatforms() {
      do throws(Refusal) {
        let basis = try advisor.speedBasis(.platform(platform.name)).basis
        guard let basis else { continue }
        var question = SpeedQuestion(model: "smollm2-135m")
        question.engine = "llama.cpp"
        let answer = try advisor.predictSpeed(question, basis: basis)
        #expect(answer.decodeTokensPerSecond.value > 0 && answer.timeToFirstTokenSeconds.value > 0)
        predicted += 1
      } catch {
        #expect(error.message.contains("memoryBandwidthBytesPerSecond"))
      }
    }
    #expect(predicted > 50)
  }

  @Test(
    "what cannot be predicted is refused",
    arguments: [
      ("llama-3.2-1b", "Q9_Z", nil, nil), ("no-such-model", nil, nil, nil), ("llama-3.2-1b", nil, "wonder", nil),
      ("llama-3.2-1b", nil, nil, 64),
    ] as [(String, String?, String?, Int?)])
  func refused(model: String, format: String?, engine: String?, threads: Int?) throws {
    var question = SpeedQuestion(model: model)
    question.format = format
    question.engine = engine
    question.threads = threads
    let basis = MadeUpMachine.basis(try MadeUpMachine.profile())
    #expect(throws: Refusal.self) { try advisor.predictSpeed(question, basis: basis) }
  }
}
