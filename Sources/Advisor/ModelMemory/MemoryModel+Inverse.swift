import Evidence
import ModelFiles

extension MemoryModel {
  /// The largest context, in steps of 256 tokens, that takes no more than `budgetBytes`; nil when not even 256 tokens fit.
  ///
  /// At most `limit` tokens, or the model's own context when nil.
  package func largestContext(
    budgetBytes: Double, settings: MemorySettings, engine: MemoryEngine = .llamaCpp, limit: Int? = nil
  ) -> Int? {
    let most = max(1, min(limit ?? description.hyperparameters.contextTokens ?? 1 << 17, 1 << 30) / 256)
    func bytes(_ steps: Int) -> Double {
      var settings = settings
      settings.contextTokens = steps * 256
      return forecast(settings, engine: engine).totalBytes.value
    }
    // Most questions are about models that fit whole.
    let mostBytes = bytes(most)
    if mostBytes <= budgetBytes { return min(most * 256, limit ?? Int.max) }
    var (low, lowBytes) = (1, bytes(1))
    guard most > 1, lowBytes <= budgetBytes else { return nil }
    var (high, highBytes) = (most, mostBytes)
    var round = 0
    while high - low > 1 {
      // Memory grows almost evenly with the context, so that a line hits the place; halving is for where it does not.
      round += 1
      let share = round.isMultiple(of: 3) ? 0.5 : (budgetBytes - lowBytes) / (highBytes - lowBytes)
      let middle = min(max(low + Int(Double(high - low) * min(max(share, 0), 1)), low + 1), high - 1)
      let middleBytes = bytes(middle)
      if middleBytes <= budgetBytes {
        (low, lowBytes) = (middle, middleBytes)
      } else {
        (high, highBytes) = (middle, middleBytes)
      }
    }
    return min(low * 256, limit ?? Int.max)
  }
}
