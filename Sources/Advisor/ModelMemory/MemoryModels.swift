import Blueprints
import Evidence
import Knowledge
import ModelFiles
import Synchronization
import TensorFormats

/// The models whose memory was asked for lately, so that the next question about one answers without reading again.
final class MemoryModels: Sendable {
  static let shared = MemoryModels()

  /// What a cached model depends on: a file as it was, or a name.
  private struct Key: Hashable {
    let model: String
    let format: String?
  }

  private struct State {
    var models: [Key: MemoryModel] = [:]
    var order: [Key] = []
  }

  private static let most = 16
  private let state = Mutex(State())

  func model(_ reference: String, format: String? = nil, advisor: Advisor) throws(Refusal) -> MemoryModel {
    guard let known = try Self.key(reference, format, advisor) else {
      return try advisor.memoryModel(reference, format: format)
    }
    return try model(known) { () throws(Refusal) in try advisor.memoryModel(reference, format: format) }
  }

  /// The model whose files were read for this question.
  func model(
    _ reference: String, _ contents: ModelContents, format: String?, advisor: Advisor
  ) throws(Refusal) -> MemoryModel {
    guard contents.description.origin != .catalogue else {
      return try model(reference, format: format, advisor: advisor)
    }
    func read() throws(Refusal) -> MemoryModel {
      let own = MemoryModel(contents)
      return try format.map { name throws(Refusal) in try own.with(format: name) } ?? own
    }
    guard let known = try Self.key(reference, format, advisor) else { return try read() }
    return try model(known, read)
  }

  private func model(_ key: Key, _ make: () throws(Refusal) -> MemoryModel) throws(Refusal) -> MemoryModel {
    if let known = state.withLock({ $0.models[key] }) { return known }
    let model = try make()
    state.withLock { state in
      if state.models.updateValue(model, forKey: key) == nil { state.order.append(key) }
      if state.order.count > Self.most { state.models[state.order.removeFirst()] = nil }
    }
    return model
  }

  /// The bytes of a catalogue model's weights in each file type, most bits first; empty for files.
  func weights(_ reference: String, advisor: Advisor) -> [(name: String, bytes: Double)] {
    guard CatalogueModel.catalogue.record(reference) != nil,
      let model = try? self.model(reference, advisor: advisor)
    else { return [] }
    // File types that a model is published in; the others are experiments or need an importance matrix.
    let types: [FileTypeRecipe] = [
      .f16, .q8_0, .q6_k, .q5_k_m, .q5_k_s, .q4_k_m, .q4_k_s, .iq4_xs, .q4_0, .q3_k_m, .q3_k_s, .q2_k,
    ]
    return types.compactMap { type in model.weights(in: type).map { (name: type.rawValue, bytes: $0.bytes.value) } }
  }

  /// nil for what is read anew each time.
  private static func key(_ reference: String, _ format: String?, _ advisor: Advisor) throws(Refusal) -> Key? {
    let location = try advisor.locate(model: reference)
    if case .catalogue(let model) = location { return Key(model: model.id, format: format) }
    // Reading the model tells what is wrong with it.
    guard let path = try? location.weightsPath() else { return nil }
    let isBlob = if case .ollama = location { true } else { false }
    return WorkMemory.stamp(path, isAlone: isBlob).map { Key(model: $0, format: format) }
  }
}
