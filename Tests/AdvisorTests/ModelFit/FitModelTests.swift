import Evidence
import Testing

@testable import Advisor

@Suite("Fitting a model")
struct FitModelTests {
  private let advisor = Advisor()

  private func fit(_ model: String, _ change: (inout FitQuestion) -> Void = { _ in }) throws -> FitAnswer {
    var question = FitQuestion(model: model)
    change(&question)
    return try advisor.fit(question, basis: MadeUpMachine.basis(try MadeUpMachine.profile()))
  }

  @Test("every format stands at every context, and the recommended one fits")
  func table() throws {
    let answer = try fit("llama-3.2-1b") { $0.contexts = [2048, 8192] }
    #expect(answer.rows.count == 2 * FitQuestion.defaultFormats.count)
    let best = answer.rows[try #require(answer.recommended)]
    #expect(best.verdict == .fits && best.contextTokens == 2048)
    #expect(answer.because.contains(best.format))
  }

  @Test("what does not fit says by how much, and recommends nothing")
  func tooLarge() throws {
    let answer = try fit("qwen3-30b-a3b") { $0.contexts = [4096] }
    #expect(answer.recommended == nil && answer.rows.allSatisfy { $0.verdict == .tooLarge })
  }

  @Test("more memory for a longer context, and never a faster token")
  func contexts() throws {
    let answer = try fit("qwen3-8b") {
      $0.formats = ["Q4_K_M"]
      $0.contexts = [32768, 4096]
    }
    #expect(answer.rows.map(\.contextTokens) == [4096, 32768])
    #expect(answer.rows[0].memoryBytes.value < answer.rows[1].memoryBytes.value)
    #expect(answer.rows[0].decodeTokensPerSecond.value > answer.rows[1].decodeTokensPerSecond.value)
  }
}
