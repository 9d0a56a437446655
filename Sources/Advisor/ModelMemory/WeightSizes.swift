import Blueprints
import Evidence
import Knowledge
import ModelFiles
import Synchronization
import TensorFormats

/// The bytes of one model's weights in every format: tensor by tensor for file types of llama.cpp where the tensors are known,
/// else parameters times bits.
final class WeightSizes: Sendable {
  private let model: ModelDescription
  private let tensors: FileTypeSizes?
  private let known = Mutex<[FileTypeRecipe: Int?]>([:])

  init(_ model: ModelDescription, _ tensors: FileTypeSizes?) {
    self.model = model
    self.tensors = tensors
  }

  func bytes(_ record: QuantizationRecord) -> WeightBytes? {
    if let type = record.fileType { return bytes(type) ?? estimate(record) }
    return estimate(record)
  }

  func bytes(_ type: FileTypeRecipe) -> WeightBytes? {
    guard let tensors, let bytes = count(type, tensors) else {
      return QuantizationRecord.catalogue.record("llama.cpp/" + type.rawValue).flatMap(estimate)
    }
    return WeightBytes(
      bytes: Quantity(
        Double(bytes), evidence: .computed,
        source: "each tensor in the format that llama.cpp's quantizer chooses for \(type.rawValue)"),
      formula: "the bytes of \(tensors.tensorCount) tensors in \(type.rawValue)")
  }

  private func count(_ type: FileTypeRecipe, _ tensors: FileTypeSizes) -> Int? {
    if let known = known.withLock({ $0[type] }) { return known }
    let bytes = tensors.weightBytes(type)
    known.withLock { $0[type] = .some(bytes) }
    return bytes
  }

  private func estimate(_ record: QuantizationRecord) -> WeightBytes? {
    guard let shape = Self.shape(model) else { return nil }
    let source = record.fileBitsPerWeightSource ?? record.bitsPerWeightSource
    let bytes = Quantity(
      Double(record.weightBytes(shape)), evidence: record.fileBitsPerWeight == nil ? .computed : .published,
      source: "parameters x bits per weight of \(record.name), embeddings and output apart; bits from \(source)")
    return WeightBytes(bytes: bytes, formula: "parameters x bits per weight, embeddings and output apart")
  }

  private static func shape(_ model: ModelDescription) -> QuantizationRecord.Shape? {
    guard let parameters = model.parameterCount, parameters > 0, parameters < 1 << 50 else { return nil }
    var facts = Situation.Model()
    facts.parameterCount = parameters
    facts.vocabularySize = model.hyperparameters.vocabularySize
    facts.hiddenSize = model.hyperparameters.embeddingLength
    facts.feedForwardSize = model.hyperparameters.feedForwardLength?.max()
    facts.tiesEmbeddings = model.hyperparameters.tiedOutput
    return QuantizationRecord.Shape(facts)
  }
}

extension QuantizationRecord {
  /// The file type of llama.cpp that it is; nil for formats of other engines.
  var fileType: FileTypeRecipe? {
    framework == .llamaCpp || framework == .ollama ? FileTypeRecipe(name: name) : nil
  }
}
