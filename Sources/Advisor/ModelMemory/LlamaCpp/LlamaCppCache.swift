import TensorFormats

/// The cells that llama.cpp's KV cache has, and what lies in them.
///
/// Source: `llama_context`, `llama_kv_cache`, `llama_kv_cache_iswa` and `llama_memory_recurrent` of llama.cpp 0.5.0.
struct LlamaCppCache: Sendable {
  /// Contexts are rounded up to multiples of so many tokens.
  static let step = 256

  /// The context of all sequences, rounded.
  let contextTokens: Int
  /// Cells of a layer that sees everything, for each stream.
  let fullCells: Int
  /// Cells of a layer with a window, for each stream.
  let windowCells: Int
  let streams: Int
  /// The rotations of quantized cells in layers that see everything, and in those with a window.
  let fullRotation: Rotation
  let windowRotation: Rotation

  /// The sizes of the matrices that spread outliers before cells are quantized; nil where there is none.
  struct Rotation: Sendable {
    var keySize: Int?
    var valueSize: Int?
  }

  init(_ settings: MemorySettings, windowTokens: Int, fullLength: Int?, windowLength: Int?) {
    let sequences = max(1, min(settings.sequences, 4096))
    let whole = Self.padded(min(max(1, settings.contextTokens), 1 << 40))
    let each = settings.isUnified ? whole : Self.padded(whole / sequences)
    fullCells = each
    contextTokens = settings.isUnified ? whole : each * sequences
    streams = settings.isUnified ? 1 : sequences
    let step = min(settings.microBatchTokens, settings.batchTokens, contextTokens)
    let seen = min(max(0, windowTokens), 1 << 40) * (settings.isUnified ? sequences : 1) + step
    windowCells = settings.keepsFullWindow ? each : Self.padded(min(each, seen))
    func rotation(_ length: Int?) -> Rotation {
      Rotation(
        keySize: Self.rotation(settings.keyFormat, length: length, isLargest: true),
        valueSize: Self.rotation(settings.valueFormat, length: length, isLargest: false))
    }
    fullRotation = rotation(fullLength)
    windowRotation = rotation(windowLength)
  }

  static func padded(_ tokens: Int) -> Int { (tokens + step - 1) / step * step }

  /// Quantized cells are rotated first when heads are multiples of 64: keys by the largest power of two that divides them.
  private static func rotation(_ format: KVCacheFormat, length: Int?, isLargest: Bool) -> Int? {
    guard format.format.valuesPerBlock > 1, let length, length > 0, length.isMultiple(of: 64) else { return nil }
    var size = 64
    while isLargest, length.isMultiple(of: 2 * size) { size *= 2 }
    return size
  }
}
