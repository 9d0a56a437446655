import Inference
import Knowledge
import ModelFiles
import Synchronization

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
    let fileType: String
    let work: ModelWork
    let standIn: String?
    let contextTokens: Int
    let parameters: Int
  }

  /// The most models that are remembered.
  private static let most = 256
  private static let known = Mutex<[String: Known]>([:])

  /// What is remembered under `key`, or what `make` makes.
  static func work(_ key: String, _ make: () throws(Refusal) -> Known) throws(Refusal) -> Known {
    if let known = known.withLock({ $0[key] }) { return known }
    let made = try make()
    known.withLock { known in
      if known.count >= most { known.removeAll() }
      known[key] = made
    }
    return made
  }

  /// What tells versions of a file apart; nil when there is none, and for a folder, which does not tell when its files change.
  static func stamp(_ path: String) -> String? {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(path)|\(status.st_ino)|\(status.st_size)|\(time.tv_sec).\(time.tv_nsec)"
  }
}

extension Advisor {
  /// The work of a model in a file type: nil for a file's own, or the default for a name of the catalogue.
  func work(of reference: String, format: String?) throws(Refusal) -> WorkMemory.Known {
    let recipe = try format.map { name throws(Refusal) in try Self.weightRecipe(name) }
    switch try locate(model: reference) {
    case .catalogue(let model):
      let recipe = recipe ?? WeightRecipe(name: SpeedQuestion.defaultFormat) ?? .q4_k_m
      return try WorkMemory.work("\(model.id)|\(recipe.rawValue)") { () throws(Refusal) in
        try Self.known(model.id, ModelDimensions(model), recipe)
      }
    case .file(let path):
      guard let stamp = WorkMemory.stamp(path) else { return try known(file: path, recipe) }
      return try WorkMemory.work(stamp + "|" + (recipe?.rawValue ?? "")) { () throws(Refusal) in
        try known(file: path, recipe)
      }
    case .ollama:
      return try known(described: try describe(model: reference), recipe)
    }
  }

  private static func weightRecipe(_ name: String) throws(Refusal) -> WeightRecipe {
    if let recipe = WeightRecipe(name: name) { return recipe }
    throw Refusal(
      .invalidRequest,
      "There is no rate for the format '\(name.prefix(40))': expected one of "
        + WeightRecipe.allCases.map(\.rawValue).joined(separator: ", ") + ".")
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
