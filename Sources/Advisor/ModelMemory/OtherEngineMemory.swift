import Evidence
import ModelFiles

/// The terms of engines other than llama.cpp, as far as their rules are known.
struct OtherEngineMemory: Sendable {
  let model: ModelDescription
  let weights: WeightBytes?
  let engine: MemoryEngine

  func forecast(_ settings: MemorySettings) -> MemoryForecast {
    MemoryForecast(
      engine: engine, settings: settings, terms: weights.map { [$0.term] } ?? [],
      unknown: [.kvCache, .computeBuffer] + (weights == nil ? [.weights] : []))
  }
}
