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
    func fits(_ steps: Int) -> Bool {
      var settings = settings
      settings.contextTokens = steps * 256
      let forecast = forecast(settings, engine: engine)
      return forecast.totalBytes.value <= budgetBytes
    }
    // Most questions are about models that fit whole.
    if fits(most) { return min(most * 256, limit ?? Int.max) }
    guard fits(1) else { return nil }
    var (low, high) = (1, most - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(middle) { low = middle } else { high = middle - 1 }
    }
    return min(low * 256, limit ?? Int.max)
  }
}
