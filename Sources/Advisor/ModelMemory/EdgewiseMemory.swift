import Evidence
import Inference
import Kernels
import ModelFiles

/// The terms of Edgewise's own engine.
struct EdgewiseMemory: Sendable {
  private static let source = "what a session of this release reserves"

  let model: ModelDescription

  /// Everything but the weights.
  func forecast(_ settings: MemorySettings) -> MemoryForecast {
    var terms: [MemoryTerm] = []
    var unknown: [MemoryTerm.Purpose] = []
    if let session = session(settings) {
      let sequences = Double(max(1, settings.sequences))
      let each = settings.sequences > 1 ? "\(settings.sequences) sessions x " : ""
      func exact(_ bytes: Int) -> Quantity {
        Quantity(Double(bytes) * sequences, evidence: .computed, source: Self.source)
      }
      terms.append(
        MemoryTerm(
          .kvCache, exact(session.kvCacheBytes),
          formula: "\(each)whole pages of \(CellFormat.pagePositions) positions for \(settings.contextTokens) tokens"))
      terms.append(
        MemoryTerm(
          .computeBuffer, exact(session.scratchBytes),
          formula: "\(each)activations of a batch of \(min(settings.microBatchTokens, settings.contextTokens)) tokens"))
      terms.append(MemoryTerm(.outputBuffer, exact(session.logitsBytes), formula: "\(each)the logits of one token"))
    } else {
      unknown += [.kvCache, .computeBuffer]
    }
    return MemoryForecast(engine: .edgewise, settings: settings, terms: terms, unknown: unknown)
  }

  /// What a session takes; nil when the engine cannot run the model or the cells.
  private func session(_ settings: MemorySettings) -> SessionMemory? {
    let formats: [KVCacheFormat: CellFormat] = [.f16: .f16, .q8_0: .q8_0, .q4_0: .q4_0]
    guard settings.keyFormat == settings.valueFormat, let format = formats[settings.keyFormat],
      let dimensions = ModelDimensions(model), let standIn = try? StandIn.of(dimensions), standIn.note == nil
    else { return nil }
    return try? SessionMemory(
      shape: standIn.shape, contextTokens: settings.contextTokens, batchTokens: settings.microBatchTokens,
      cacheFormat: format)
  }
}
