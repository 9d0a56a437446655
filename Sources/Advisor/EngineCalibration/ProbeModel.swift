import Inference
import JSON
import TensorFormats

/// A synthetic model that engines are run on.
struct ProbeModel {
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

  /// Its work in a file type.
  func work(_ recipe: FileTypeRecipe) throws(Refusal) -> ModelWork {
    let shape = TransformerShape(
      architecture: "llama", layers: layers, hiddenSize: hidden, intermediateSize: inner, heads: heads,
      kvHeads: kvHeads, headSize: 64, vocabularySize: vocabulary, contextTokens: 4096, tiedOutput: true)
    do throws(InferenceError) {
      return ModelWork(shape, try WeightPlan(shape: shape, recipe: recipe))
    } catch {
      throw Refusal(error)
    }
  }
}
