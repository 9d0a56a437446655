import Advisor
import Evidence
import Kernels
import Synchronization
import TestSupport
import Testing

@Suite("A recommendation from measuring")
struct MeasuredRecommendationTests {
  private let advisor = Advisor()

  private func recommend(
    _ draft: RecommendationDraft, _ progress: Progress = .ignored, _ cancellation: Cancellation = Cancellation()
  ) async throws -> Recommendation {
    try await onOwnThread { try advisor.recommendByMeasuring(draft, cancellation: cancellation, progress: progress) }
  }

  private func draft(_ model: String, budgetSeconds: Double) throws -> RecommendationDraft {
    var request = RecommendationRequest(model: model)
    request.budgetSeconds = budgetSeconds
    let draft = try advisor.draftRecommendation(request)
    #expect(draft.shouldMeasure)
    return draft
  }

  @Test("takes its rates from formats that ran here")
  func measured() async throws {
    let fractions = Mutex<[Double]>([])
    let answer = try await recommend(
      draft("smollm2-135m", budgetSeconds: 2),
      Progress { _, fraction, _ in fractions.withLock { $0.append(fraction) } })
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
  func file() async throws {
    let answer = try await recommend(draft(TinyModel.path(), budgetSeconds: 1))
    #expect(answer.basis == .measured)
    #expect(answer.measured.map(\.isFile) == [true])
    #expect(answer.expected.decodeTokensPerSecond?.evidence == .measured)
  }

  @Test("ends when its flag is raised")
  func cancelled() async throws {
    let cancellation = Cancellation()
    let draft = try draft("smollm2-135m", budgetSeconds: 3600)
    await #expect(throws: Cancelled.self) {
      try await recommend(
        draft, Progress { phase, _, _ in if phase == "decode" { cancellation.cancel() } }, cancellation)
    }
  }
}
