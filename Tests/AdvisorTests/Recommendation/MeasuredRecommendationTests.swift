import Advisor
import Evidence
import Kernels
import Synchronization
import Testing

@Suite("A recommendation from measuring")
struct MeasuredRecommendationTests {
  private let advisor = Advisor()

  private func draft(_ model: String, budgetSeconds: Double) throws -> RecommendationDraft {
    var request = RecommendationRequest(model: model)
    request.budgetSeconds = budgetSeconds
    let draft = try advisor.draftRecommendation(request)
    #expect(draft.shouldMeasure)
    return draft
  }

  @Test("takes its rates from formats that ran here")
  func measured() throws {
    let fractions = Mutex<[Double]>([])
    let answer = try advisor.recommendByMeasuring(
      draft("smollm2-135m", budgetSeconds: 2), cancellation: Cancellation(),
      progress: Progress { _, fraction, _ in fractions.withLock { $0.append(fraction) } })
    #expect(answer.basis == .measured && answer.machine.isThisMachine)
    let first = try #require(answer.measured.first)
    for rate in [first.decodeTokensPerSecond, first.prefillTokensPerSecond] {
      let rate = try #require(rate)
      #expect(rate.value > 0 && rate.evidence == .measured && rate.samples ?? 0 > 0)
    }
    #expect(first.kernelTier == (try KernelSet.select().tier.rawValue))
    #expect(!first.isFile)
    #expect(answer.machine.readBandwidthBytesPerSecond?.evidence == .measured)
    #expect(Set(answer.measured.map(\.format)).count == answer.measured.count)
    if let same = answer.measured.first(where: { $0.format == answer.quantization?.format }) {
      #expect(answer.expected.decodeTokensPerSecond == same.decodeTokensPerSecond)
    }
    let threads = try #require(answer.settings.threads)
    #expect(threads >= 1 && threads <= answer.machine.usableCores ?? threads)
    let seen = fractions.withLock { $0 }
    #expect(!seen.isEmpty && seen.allSatisfy { (0...1).contains($0) })
  }

  @Test("runs a file in its own format")
  func file() throws {
    let answer = try advisor.recommendByMeasuring(
      draft(TinyModel.path(), budgetSeconds: 1), cancellation: Cancellation(), progress: .ignored)
    #expect(answer.basis == .measured)
    #expect(answer.measured.map(\.isFile) == [true])
    #expect(answer.expected.decodeTokensPerSecond?.evidence == .measured)
  }

  @Test("ends when its flag is raised")
  func cancelled() throws {
    let cancellation = Cancellation()
    let draft = try draft("smollm2-135m", budgetSeconds: 3600)
    #expect(throws: Cancelled.self) {
      try advisor.recommendByMeasuring(
        draft, cancellation: cancellation,
        progress: Progress { phase, _, _ in if phase == "decode" { cancellation.cancel() } })
    }
  }
}
