import Evidence
package import Kernels
import Knowledge

extension Advisor {
  /// Recommends framework, format and settings for a model, from facts alone: at once, and the same every time.
  package func recommendFromFacts(_ draft: RecommendationDraft) -> Recommendation {
    RecommendationWriter(draft: draft, quantizations: draft.quantizations, outcome: nil).recommendation()
  }

  /// Recommends framework, format and settings after running the top formats on this machine for a moment each.
  ///
  /// Runs on the calling thread, which should own the machine, for about the budget of the request. Throws `Cancelled`
  /// within 100 ms of the flag being raised, and `Refusal` when a candidate cannot be run.
  package func recommendByMeasuring(
    _ draft: RecommendationDraft, cancellation: Cancellation, progress: Progress
  ) throws -> Recommendation {
    let budget = draft.request.budgetSeconds ?? RecommendationRequest.defaultBudgetSeconds
    let outcome = try CandidateMeter(
      advisor: self, draft: draft, budgetSeconds: budget, cancellation: cancellation, progress: progress
    ).run()
    var question = QuantizationQuestion(
      model: draft.model, memory: draft.memory, reference: draft.reference, speed: draft.speed,
      repository: draft.repository, situation: draft.situation,
      framework: draft.frameworks.candidates.first?.framework, contextTokens: draft.contextTokens,
      limit: Self.rankedFormats)
    if let bandwidth = outcome.ceilings?.readBandwidthBytesPerSecond {
      question.situation.machine.memoryBandwidthBytesPerSecond = bandwidth.value
      question.situation.machine.memoryBandwidthIsMeasured = true
      // A kept profile tells more than a bandwidth.
      if draft.speed.basis(.cpu)?.profile == nil {
        question.speed = try machineSpeed(draft.request.machine, draft.known, readBytesPerSecond: bandwidth)
      }
    }
    for measured in outcome.measured {
      question.measuredDecodeTokensPerSecond[measured.format] = measured.decodeTokensPerSecond?.value
    }
    return RecommendationWriter(
      draft: draft, quantizations: adviseQuantization(question), outcome: outcome
    ).recommendation()
  }
}
