import Advisor
import Evidence
import JSON
import Knowledge
import Testing

@Suite("A recommendation from facts")
struct RecommendationTests {
  private let advisor = Advisor()

  private func recommend(
    _ model: String, on platform: String, _ change: (inout RecommendationRequest) -> Void = { _ in }
  ) throws -> Recommendation {
    var request = RecommendationRequest(model: model)
    request.machine = .platform(platform)
    change(&request)
    let draft = try advisor.draftRecommendation(request)
    #expect(!draft.shouldMeasure)
    return advisor.recommendFromFacts(draft)
  }

  @Test("names framework, format, settings and commands for a small board, and measures nothing")
  func board() throws {
    let answer = try recommend("llama-3.2-1b", on: "rpi5")
    #expect(answer.basis == .facts && answer.measured.isEmpty)
    #expect(answer.framework?.framework == .llamaCpp && answer.framework?.reasons.isEmpty == false)
    #expect(answer.fits == true && answer.wouldFit == nil)
    let format = try #require(answer.quantization)
    let usable = try #require(answer.machine.usableMemoryBytes)
    #expect(format.totalBytes.value <= Double(usable))
    #expect(answer.expected.memoryBytes?.value == format.totalBytes.value)
    #expect(answer.summary.contains(format.format) && answer.summary.contains("llama.cpp"))
    #expect(!answer.machine.isThisMachine)
    #expect(answer.otherFrameworks.allSatisfy { $0.framework != .llamaCpp })
    #expect(answer.expected.decodeTokensPerSecond.map { $0.evidence != .measured } ?? true)
    #expect(!answer.assumptions.isEmpty && !answer.next.isEmpty)
  }

  @Test("is the same every time")
  func stable() throws {
    let first = try JSON(encoding: recommend("qwen3-4b", on: "apple-m4-pro"))
    #expect(try JSON(encoding: recommend("qwen3-4b", on: "apple-m4-pro")) == first)
  }

  @Test("says that a model does not fit, and what would")
  func tooLarge() throws {
    let answer = try recommend("qwen3-30b-a3b", on: "rpi4") { $0.memoryLimitBytes = 4 << 30 }
    #expect(answer.fits == false)
    #expect(answer.wouldFit?.because.isEmpty == false)
    #expect(answer.summary.contains("does not fit"))
    #expect(!answer.warnings.isEmpty)
  }

  @Test("gives each command once, to install before to run", arguments: ["rpi5", "apple-m4-pro", "rpi4"])
  func commands(platform: String) throws {
    let answer = try recommend("llama-3.2-1b", on: platform)
    let lines = answer.commands.compactMap(\.command)
    #expect(lines.count == answer.commands.count && Set(lines).count == lines.count && !lines.isEmpty)
    let purposes = answer.commands.map(\.purpose)
    let run = try #require(purposes.firstIndex { $0.hasPrefix("Run") })
    for (index, purpose) in purposes.enumerated() where purpose.hasPrefix("Install") || purpose.hasPrefix("Make") {
      #expect(index < run, "\(purposes)")
    }
  }

  @Test("checks every target that was set, and says which is missed or not known")
  func targets() throws {
    let answer = try recommend("llama-3.1-8b", on: "rpi5") {
      $0.decodeTokensPerSecond = 100_000
      $0.timeToFirstTokenSeconds = 0.001
      $0.memoryLimitBytes = 64 << 30
    }
    let checks = Dictionary(uniqueKeysWithValues: answer.expected.targets.map { ($0.target, $0) })
    #expect(checks.count == 3)
    #expect(checks["decodeTokensPerSecond"]?.isMet == false)
    #expect(checks["memoryLimitBytes"]?.isMet == true)
    let first = try #require(checks["timeToFirstTokenSeconds"])
    #expect(first.wanted == 0.001)
    #expect(first.isMet == first.expected.map { $0 <= 0.001 })
    #expect(answer.warnings.contains { $0.contains("decodeTokensPerSecond") && $0.contains("not met") })
  }

  @Test("keeps to the memory that the caller allows")
  func memoryLimit() throws {
    let answer = try recommend("llama-3.1-8b", on: "apple-m4-pro") { $0.memoryLimitBytes = 6 << 30 }
    let bytes = try #require(answer.quantization?.totalBytes.value)
    if answer.fits == true { #expect(bytes <= Double(6 << 30)) } else { #expect(answer.wouldFit != nil) }
  }

  @Test("refuses a context that the model was not made for, an unknown model and an unknown machine")
  func refusals() throws {
    func kind(_ model: String, on platform: String, context: Int? = nil) -> Refusal.Kind? {
      do {
        _ = try recommend(model, on: platform) { $0.contextTokens = context }
        return nil
      } catch {
        return (error as? Refusal)?.kind
      }
    }
    #expect(kind("smollm2-135m", on: "rpi5", context: 8193) == .invalidRequest)
    #expect(kind("smollm2-135m", on: "rpi5", context: 8192) == nil)
    #expect(kind("smolm2-135m", on: "rpi5") == .modelNotFound)
    #expect(kind("smollm2-135m", on: "rpi55") == .machineUnknown)
  }

  @Test(
    "answers for every model of the catalogue on boards, laptops and this machine",
    arguments: Advisor().listModels(containing: nil).map(\.name))
  func catalogue(name: String) throws {
    for platform in ["rpi5", "apple-m4-pro"] {
      let answer = try recommend(name, on: platform)
      #expect(!answer.summary.isEmpty)
      #expect(answer.fits != nil || answer.quantization == nil)
    }
    var request = RecommendationRequest(model: name)
    request.quick = true
    let draft = try advisor.draftRecommendation(request)
    #expect(!draft.shouldMeasure)
    #expect(advisor.recommendFromFacts(draft).basis == .facts)
  }
}
