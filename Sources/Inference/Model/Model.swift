import Kernels
import ModelFiles
import TensorFormats

/// A model that can be run: its shape, and weights bound to memory that it owns.
package final class Model {
  package let name: String
  package let shape: TransformerShape
  /// Every matrix with its format, and exact bytes.
  package let plan: WeightPlan
  package let origin: ModelOrigin

  let embedding: WeightMatrix
  let output: WeightMatrix
  let outputNorm: [Float]
  let layers: [LayerWeights]
  let storage: WeightStorage

  init(
    name: String, shape: TransformerShape, plan: WeightPlan, origin: ModelOrigin, embedding: WeightMatrix,
    output: WeightMatrix, outputNorm: [Float], layers: [LayerWeights], storage: WeightStorage
  ) {
    self.name = name
    self.shape = shape
    self.plan = plan
    self.origin = origin
    self.embedding = embedding
    self.output = output
    self.outputNorm = outputNorm
    self.layers = layers
    self.storage = storage
  }

  /// Bytes of memory that the weights take: of the mapped file, or of the synthetic working set.
  package var residentWeightBytes: Int {
    switch origin {
    case .file: plan.weightBytes
    case .synthetic(let origin): origin.residentBytes
    }
  }

  /// Where the weights of a file lie; nil for weights that were made.
  package var weightPlacement: WeightPlacement? {
    switch storage {
    case .file(_, copy: nil): .mapped
    case .file: .copied
    case .memory: nil
    }
  }

  /// How long it took to copy the weights; nil when they were not copied.
  package var weightCopySeconds: Double? {
    if case .file(_, let copy?) = storage { copy.seconds } else { nil }
  }

  /// Sentences that have to travel with every figure measured on this model; empty for a plain file.
  package var notes: [String] {
    var notes: [String] = []
    if case .synthetic(let origin) = origin {
      notes.append("synthetic weights in the format of \(origin.recipe.rawValue) files: rates are real, text is not")
      if let note = origin.standInNote { notes.append(note) }
      if origin.repeatedLayers > 0 {
        notes.append(
          "\(origin.repeatedLayers) of \(shape.layers) layers reuse the weights of earlier ones: the model has "
            + "\(plan.weightBytes) bytes of weights, \(origin.residentBytes) are in memory")
      }
    }
    if let note = plan.fallbackNote { notes.append(note) }
    return notes
  }
}

/// What keeps a model's weights alive.
enum WeightStorage {
  /// A mapped file, and the copy of its matrices when there is one.
  case file(GGUFFile, copy: WeightCopy?)
  case memory(SyntheticMemory)
}
