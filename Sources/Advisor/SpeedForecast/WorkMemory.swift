import Blueprints
import Evidence
import Inference
import Knowledge
import ModelFiles
import Synchronization
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The work of models that were asked about, so that the next question about one is answered at once.
enum WorkMemory {
  /// A model's work in a file type, and how the shape differs from the model.
  struct Known: Sendable {
    let name: String
    var fileType: String
    var work: ModelWork
    let standIn: String?
    let contextTokens: Int
    let parameters: Int
    /// The file type whose rates stand in for those of the format that was asked for; nil for a file type that has rates.
    var formatStandIn: String?
  }

  /// The most models that are remembered.
  private static let most = 256
  private static let known = Mutex<[String: Known]>([:])

  /// What is remembered under `key`, or what `make` makes.
  static func work(_ key: String?, _ make: () throws(Refusal) -> Known) throws(Refusal) -> Known {
    guard let key else { return try make() }
    if let known = known.withLock({ $0[key] }) { return known }
    let made = try make()
    known.withLock { known in
      if known.count >= most { known.removeAll() }
      known[key] = made
    }
    return made
  }

  /// What tells versions of a file or folder apart; nil when there is none.
  static func stamp(_ path: String) -> String? {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(path)|\(status.st_ino)|\(status.st_size)|\(time.tv_sec).\(time.tv_nsec)"
  }
}

extension Advisor {
  /// The work of a model in a format, a file type or `framework/name`: nil for a file's own, or the default for a name of the
  /// catalogue.
  func work(of reference: String, format: String?) throws(Refusal) -> WorkMemory.Known {
    guard let format else { return try work(of: reference, nil) }
    if let recipe = Self.recipe(format) { return try work(of: reference, recipe) }
    let memory = try MemoryModels.shared.model(reference, format: format, advisor: self)
    return try WorkMemory.work(try key(reference, format)) { () throws(Refusal) in
      try standIn(for: format, reference, weightBytes: memory.weights?.bytes.value)
    }
  }

  /// The work in a format that has no rates of its own, such as another framework's: that of the file type with the nearest
  /// bits, in proportion to the bytes.
  private func standIn(
    for format: String, _ reference: String, weightBytes: Double?
  ) throws(Refusal) -> WorkMemory.Known {
    let records = QuantizationRecord.catalogue
    let record = records.record(format) ?? records.record("llama.cpp/" + format)
    let bits = record?.bitsPerWeight ?? FileTypeRecipe(name: format)?.base.bitsPerValue ?? 16
    var known = try work(of: reference, WeightRecipe.nearest(bitsPerWeight: bits))
    known.formatStandIn = known.fileType
    known.fileType = record.map { $0.framework == .llamaCpp ? $0.name : $0.id } ?? format
    if let weightBytes, weightBytes > 0, weightBytes < 1e18, known.work.weightBytes > 0 {
      known.work.byteScale = weightBytes / Double(known.work.weightBytes)
      known.work.weightBytes = Int(weightBytes)
    }
    return known
  }

  /// The file type of that name if it has rates.
  private static func recipe(_ format: String) -> WeightRecipe? {
    let type = FileTypeRecipe(name: format) ?? QuantizationRecord.catalogue.record(format)?.fileType
    return type.flatMap { WeightRecipe(name: $0.rawValue) }
  }

  /// What the work of a model in a format is remembered under; nil for what is read anew each time.
  private func key(_ reference: String, _ format: String) throws(Refusal) -> String? {
    let stamp: String? =
      switch try locate(model: reference) {
      case .catalogue(let model): model.id
      case .file(let path): WorkMemory.stamp(path)
      case .ollama: nil
      }
    return stamp.map { $0 + "|" + format }
  }

  private func work(of reference: String, _ recipe: WeightRecipe?) throws(Refusal) -> WorkMemory.Known {
    switch try locate(model: reference) {
    case .catalogue(let model):
      let recipe = recipe ?? WeightRecipe(name: SpeedQuestion.defaultFormat) ?? .q4_k_m
      return try WorkMemory.work("\(model.id)|\(recipe.rawValue)") { () throws(Refusal) in
        try Self.known(model.id, ModelDimensions(model), recipe)
      }
    case .file(let path):
      return try WorkMemory.work(try key(reference, recipe?.rawValue ?? "")) { () throws(Refusal) in
        try known(file: path, recipe)
      }
    case .ollama:
      return try known(described: try describe(model: reference), recipe)
    }
  }

  private static func known(
    _ name: String, _ dimensions: ModelDimensions, _ recipe: WeightRecipe
  ) throws(Refusal) -> WorkMemory.Known {
    do throws(InferenceError) {
      let standIn = try StandIn.of(dimensions)
      let plan = try WeightPlan(shape: standIn.shape, recipe: recipe)
      return WorkMemory.Known(
        name: name, fileType: recipe.rawValue, work: ModelWork(standIn.shape, plan), standIn: standIn.note,
        contextTokens: dimensions.contextTokens, parameters: standIn.shape.parameters)
    } catch {
      throw Refusal(error)
    }
  }

  private func known(file path: String, _ recipe: WeightRecipe?) throws(Refusal) -> WorkMemory.Known {
    let description = try describe(model: path)
    let fileType = recipe?.rawValue ?? description.fileType ?? description.dominantFormat ?? "unknown"
    do throws(InferenceError) {
      let model = try Model.open(path: path)
      let plan = try recipe.map { recipe throws(InferenceError) in
        try WeightPlan(shape: model.shape, recipe: recipe)
      }
      return WorkMemory.Known(
        name: description.name, fileType: fileType, work: ModelWork(model.shape, plan ?? model.plan), standIn: nil,
        contextTokens: model.shape.contextTokens, parameters: model.shape.parameters)
    } catch {
      // A file that our engine does not run has a shape all the same.
      guard ModelDimensions(description) != nil else { throw Refusal(error) }
      return try known(described: description, recipe)
    }
  }

  /// The work of a model of which a description is known.
  private func known(described model: ModelDescription, _ recipe: WeightRecipe?) throws(Refusal) -> WorkMemory.Known {
    guard let dimensions = ModelDimensions(model) else {
      throw Refusal(
        .modelUnsupported, "The shape of \(model.name) is not known well enough to predict its speed.",
        details: ["model": model.name])
    }
    let nearest = recipe ?? (model.fileType ?? model.dominantFormat).flatMap(WeightRecipe.init(name:)) ?? .q4_k_m
    return try Self.known(model.name, dimensions, nearest)
  }
}
