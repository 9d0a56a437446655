import Inference
import JSON
import TensorFormats

/// A synthetic model that engines are run on.
struct ProbeModel {
  static let headSize = 64

  let layers: Int
  let hidden: Int
  let inner: Int
  let heads: Int
  let kvHeads: Int
  let vocabulary: Int

  /// 190 million parameters: large against most caches in every format, and made and run in seconds.
  static let main = ProbeModel(layers: 16, hidden: 1024, inner: 2816, heads: 16, kvHeads: 4, vocabulary: 8192)
  /// So narrow that only the starts of operations count.
  static let narrow = ProbeModel(layers: 32, hidden: 64, inner: 64, heads: 1, kvHeads: 1, vocabulary: 256)

  /// The shape for a file.
  var options: JSON {
    [
      "architecture": "llama", "name": "edgewise-probe", "layers": .integer(Int64(layers)),
      "hiddenSize": .integer(Int64(hidden)), "feedForwardSize": .integer(Int64(inner)),
      "heads": .integer(Int64(heads)), "kvHeads": .integer(Int64(kvHeads)), "headSize": 64,
      "vocabularySize": .integer(Int64(vocabulary)), "contextTokens": 4096, "tiesEmbeddings": true,
    ]
  }

  /// The shape for our own engine.
  var shape: TransformerShape {
    TransformerShape(
      architecture: "llama", layers: layers, hiddenSize: hidden, intermediateSize: inner, heads: heads,
      kvHeads: kvHeads, headSize: Self.headSize, vocabularySize: vocabulary, contextTokens: 4096, tiedOutput: true)
  }

  /// Its work in a file type.
  func work(_ recipe: FileTypeRecipe) throws(Refusal) -> ModelWork {
    let shape = shape
    do throws(InferenceError) {
      return ModelWork(shape, try WeightPlan(shape: shape, recipe: recipe))
    } catch {
      throw Refusal(error)
    }
  }

  /// Its work in a format of which only the bits are known: that of the file type with the nearest bits, in proportion to the
  /// bytes, as `model/speed` takes it.
  func work(bitsPerWeight: Double) throws(Refusal) -> ModelWork {
    let recipe = WeightBits.nearest(bitsPerWeight)
    var work = try work(recipe)
    let bytes = Double(parameters) * bitsPerWeight / 8
    work.byteScale = bytes / Double(max(1, work.weightBytes))
    work.weightBytes = Int(bytes)
    return work
  }

  /// The values of its matrices, the embedding once.
  var parameters: Int {
    layers * (2 * hidden * Self.headSize * (heads + kvHeads) + 3 * hidden * inner) + hidden * vocabulary
  }
}
