import Synchronization

/// The forecasts of one model without its weights that were worked out already: a question's table and search ask for the same settings again.
final class ForecastMemory: Sendable {
  private struct Key: Hashable {
    let settings: MemorySettings
    let engine: MemoryEngine
  }

  /// More than any question asks for; then everything is forgotten, which costs a few milliseconds.
  private static let most = 256
  private let known = Mutex<[Key: MemoryForecast]>([:])

  func forecast(
    _ settings: MemorySettings, _ engine: MemoryEngine, _ compute: () -> MemoryForecast
  ) -> MemoryForecast {
    let key = Key(settings: settings, engine: engine)
    if let forecast = known.withLock({ $0[key] }) { return forecast }
    let forecast = compute()
    known.withLock { known in
      if known.count >= Self.most { known.removeAll() }
      known[key] = forecast
    }
    return forecast
  }
}
