import Blueprints
import Hardware
import Knowledge
import ModelFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The models whose memory was asked for lately, so that the next question about one answers without reading again.
final class MemoryModels: Sendable {
  static let shared = MemoryModels()

  /// What a cached model depends on: a file as it was, or a name.
  private struct Key: Hashable {
    let reference: String
    let format: String?
    let sizeBytes: Int
    let modifiedSeconds: Int
    let modifiedNanoseconds: Int
  }

  private struct State {
    var models: [Key: MemoryModel] = [:]
    var order: [Key] = []
    var weights: [String: [(name: String, bytes: Double)]] = [:]
    var usableBytes: (bytes: Int?, untilSeconds: Int)?
  }

  private static let most = 16
  private let state = Mutex(State())

  func model(_ reference: String, format: String?, advisor: Advisor) throws(Refusal) -> MemoryModel {
    let key = Self.key(reference, format)
    if let known = state.withLock({ $0.models[key] }) { return known }
    let model = try advisor.memoryModel(reference, format: format)
    state.withLock { state in
      if state.models.updateValue(model, forKey: key) == nil { state.order.append(key) }
      if state.order.count > Self.most { state.models[state.order.removeFirst()] = nil }
    }
    return model
  }

  /// The bytes of a catalogue model's weights in each file type, most bits first; empty for files.
  func weights(_ reference: String, advisor: Advisor) -> [(name: String, bytes: Double)] {
    guard let model = CatalogueModel.catalogue.record(reference) else { return [] }
    if let known = state.withLock({ $0.weights[model.id] }) { return known }
    guard let blueprint = try? advisor.blueprint(model) else { return [] }
    // File types that a model is published in; the others are experiments or need an importance matrix.
    let recipes: [FileTypeRecipe] = [
      .f16, .q8_0, .q6_k, .q5_k_m, .q5_k_s, .q4_k_m, .q4_k_s, .iq4_xs, .q4_0, .q3_k_m, .q3_k_s, .q2_k,
    ]
    let list = recipes.compactMap { recipe in
      (try? blueprint.layout(recipe)).map { (name: recipe.rawValue, bytes: Double($0.weightBytes)) }
    }
    state.withLock { $0.weights[model.id] = list }
    return list
  }

  /// The memory that programs may use here, looked up again after a second.
  func usableBytes(_ advisor: Advisor) -> Int? {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let second = Int(now.tv_sec)
    if let known = state.withLock({ $0.usableBytes }), known.untilSeconds >= second { return known.bytes }
    let bytes = (try? advisor.machine(nil))?.machine.memory.usableBytes
    state.withLock { $0.usableBytes = (bytes, second + 1) }
    return bytes
  }

  private static func key(_ reference: String, _ format: String?) -> Key {
    var status = stat()
    guard !reference.utf8.contains(0), stat(reference, &status) == 0 else {
      return Key(reference: reference, format: format, sizeBytes: 0, modifiedSeconds: 0, modifiedNanoseconds: 0)
    }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return Key(
      reference: reference, format: format, sizeBytes: Int(status.st_size), modifiedSeconds: Int(time.tv_sec),
      modifiedNanoseconds: Int(time.tv_nsec))
  }
}
