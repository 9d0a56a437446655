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
    /// The id of the catalogue's record of the format; nil for a file type of llama.cpp, or when there is none.
    var formatRecord: String?

    /// Lets the work in its file type stand for that in a format without rates of its own, in proportion to the bytes of a
    /// parameter.
    mutating func stand(in format: String, weightBytes: Int?, parameters all: Int?) {
      formatStandIn = fileType
      fileType = format
      guard let weightBytes, weightBytes > 0, let all, all > 0, work.weightBytes > 0, parameters > 0 else { return }
      // A stand-in for a mixture has the parameters that a token uses alone.
      work.byteScale = Double(weightBytes) / Double(all) / (Double(work.weightBytes) / Double(parameters))
      work.weightBytes = weightBytes
    }
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

  /// More files than the folder of a model has whose changes are looked for at every question.
  private static let mostFiles = 200

  /// What tells versions of a model's files apart; nil when there are none, or more than are looked at.
  ///
  /// A GGUF file says all of itself; what other files mean depends on those beside them.
  static func stamp(_ path: String, isAlone: Bool = false) -> String? {
    if isAlone || (path.lowercased().hasSuffix(".gguf") && !ModelFolder.isFolder(path)) { return fileStamp(path) }
    guard !path.utf8.contains(0), let own = fileStamp(path) else { return nil }
    let slash = path.lastIndex(of: "/")
    let around =
      ModelFolder.isFolder(path) ? path : slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let folder = try? ModelFolder(path: around), folder.names.count <= mostFiles else { return nil }
    return folder.names.reduce(own) { $0 + "|" + (fileStamp(folder.path(of: $1)) ?? $1) }
  }

  private static func fileStamp(_ path: String) -> String? {
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
      try standIn(
        for: format, reference, weightBytes: memory.weights?.bytes.value,
        parameters: memory.description.parameterCount)
    }
  }

  /// The work in a format that has no rates of its own, such as another framework's: that of the file type with the nearest
  /// bits, in proportion to the bytes.
  private func standIn(
    for format: String, _ reference: String, weightBytes: Double?, parameters: Int?
  ) throws(Refusal) -> WorkMemory.Known {
    let records = QuantizationRecord.catalogue
    let record = records.record(format) ?? records.record("llama.cpp/" + format)
    let bits = record?.bitsPerWeight ?? FileTypeRecipe(name: format)?.base.bitsPerValue ?? 16
    var known = try work(of: reference, WeightBits.nearest(bits))
    known.stand(
      in: record.map { $0.framework == .llamaCpp ? $0.name : $0.id } ?? format,
      weightBytes: weightBytes.flatMap { Int(exactly: $0.rounded()) },
      parameters: parameters)
    known.formatRecord = record?.id
    return known
  }

  /// The file type of that name if it has rates.
  private static func recipe(_ format: String) -> FileTypeRecipe? {
    let type = FileTypeRecipe(name: format) ?? QuantizationRecord.catalogue.record(format)?.fileType
    return type.flatMap { FileTypeRecipe(runnable: $0.rawValue) }
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

  private func work(of reference: String, _ recipe: FileTypeRecipe?) throws(Refusal) -> WorkMemory.Known {
    let location = try locate(model: reference)
    if case .catalogue(let model) = location {
      let recipe = recipe ?? FileTypeRecipe(runnable: SpeedQuestion.defaultFormat) ?? .q4_k_m
      return try WorkMemory.work("\(model.id)|\(recipe.rawValue)") { () throws(Refusal) in
        try Self.known(model.id, ModelDimensions(model), recipe) { recipe in
          (try? blueprint(model)).flatMap { try? GGUFFile.parse(header: $0.layout(recipe).header()) }
        }
      }
    }
    return try WorkMemory.work(try key(reference, recipe?.rawValue ?? "")) { () throws(Refusal) in
      let contents = try contents(of: location)
      if let file = contents.gguf { return try Self.known(file, contents.description, recipe) }
      return try Self.known(described: contents.description, recipe) { recipe in
        MemoryModel.converted(contents).flatMap { try? GGUFFile.parse(header: $0.blueprint.layout(recipe).header()) }
      }
    }
  }

  /// The work of a shape; for an architecture that our engine does not run that of its `own` tensors where these are known, else
  /// of a stand-in.
  private static func known(
    _ name: String, _ dimensions: ModelDimensions, _ recipe: FileTypeRecipe, own: (FileTypeRecipe) -> GGUFFile?
  ) throws(Refusal) -> WorkMemory.Known {
    do throws(InferenceError) {
      let known = try? StandIn.of(dimensions)
      if known?.note != nil || known == nil, let head = own(recipe), let work = ModelWork(head) {
        return WorkMemory.Known(
          name: name, fileType: recipe.rawValue, work: work,
          standIn:
            "The matrices of \(dimensions.architecture), with what it computes between them taken to cost as much for "
            + "each value as in a Llama",
          contextTokens: dimensions.contextTokens, parameters: head.tensors.reduce(0) { $0 &+ $1.valueCount })
      }
      let standIn = if let known { known } else { try StandIn.of(dimensions) }
      let plan = try WeightPlan(shape: standIn.shape, recipe: recipe)
      return WorkMemory.Known(
        name: name, fileType: recipe.rawValue, work: ModelWork(standIn.shape, plan), standIn: standIn.note,
        contextTokens: dimensions.contextTokens, parameters: standIn.shape.parameters)
    } catch {
      throw Refusal(error)
    }
  }

  private static func known(
    _ file: GGUFFile, _ description: ModelDescription, _ recipe: FileTypeRecipe?
  ) throws(Refusal) -> WorkMemory.Known {
    let fileType = recipe?.rawValue ?? description.fileType ?? description.dominantFormat ?? "unknown"
    do throws(InferenceError) {
      let model = try Model(file: file)
      let plan = try recipe.map { recipe throws(InferenceError) in
        try WeightPlan(shape: model.shape, recipe: recipe)
      }
      return WorkMemory.Known(
        name: description.name, fileType: fileType, work: ModelWork(model.shape, plan ?? model.plan), standIn: nil,
        contextTokens: model.shape.contextTokens, parameters: model.shape.parameters)
    } catch {
      // A file that our engine does not run has a shape all the same.
      guard ModelDimensions(description) != nil else { throw Refusal(error) }
      return try known(described: description, recipe) { (wanted) -> GGUFFile? in
        recipe == nil ? file : try? GGUFFile.parse(header: Blueprint(file).layout(wanted).header())
      }
    }
  }

  /// The work of a model of which a description is known.
  private static func known(
    described model: ModelDescription, _ recipe: FileTypeRecipe?, own: (FileTypeRecipe) -> GGUFFile?
  ) throws(Refusal) -> WorkMemory.Known {
    let dimensions = try ModelDimensions.required(of: model)
    let stated = (model.fileType ?? model.dominantFormat).map { FileTypeRecipe(runnable: $0) }
    if let recipe = recipe ?? (stated ?? FileTypeRecipe(runnable: SpeedQuestion.defaultFormat)) {
      return try known(model.name, dimensions, recipe, own: own)
    }
    // Weights that another framework packed: those of the nearest bits in proportion to the bytes.
    let bits = model.formats.first { $0.format == model.dominantFormat }?.bitsPerParameter ?? 16
    var known = try known(model.name, dimensions, WeightBits.nearest(bits), own: own)
    known.stand(in: model.dominantFormat ?? "unknown", weightBytes: model.weightBytes, parameters: model.parameterCount)
    known.formatRecord = model.formatRecord?.id ?? ""
    return known
  }
}
