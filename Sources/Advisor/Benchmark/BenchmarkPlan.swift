import Hardware
package import Inference
package import Kernels
import Knowledge
import ModelFiles
package import TensorFormats

/// A benchmark that was checked as far as can be told without running it.
package struct BenchmarkPlan: Sendable {
  package var name: String
  package var weights: Weights
  /// The file type, such as `Q4_K_M`.
  package var quantization: String
  package var promptTokens: Int
  package var generateTokens: Int
  package var depthTokens: Int
  package var threads: Int
  /// The most tokens that prefill passes through the layers at once.
  package var batchTokens = BenchmarkRequest.defaultBatchTokens
  package var cacheFormat = BenchmarkRequest.defaultCacheFormat
  /// Where the weights of a file should lie.
  package var weightPlacement = WeightPlacement.copied
  package var targetSpreadFraction: Double
  package var maximumRepetitions: Int
  package var timeLimitSeconds: Double
  package var workingSetBytes: Int?
  /// What the process may still take, all limits counted; nil when the machine does not tell.
  package var usableMemoryBytes: Int?
  /// Ceilings that were measured moments ago with the same threads; nil to measure them.
  package var knownCeilings: BenchmarkReport.Ceilings?
  /// What makes the figures less comparable and was known before the run.
  package var warnings: [String] = []

  /// Where the weights come from.
  package enum Weights: Sendable {
    case file(path: String)
    case synthetic(ModelDimensions, FileTypeRecipe, citation: String)
  }
}

extension BenchmarkRequest {
  /// The file types of which weights can be made.
  package static let quantizations = FileTypeRecipe.runnable.map(\.rawValue)
}

extension Advisor {
  /// Checks a request: the model is found, the lengths fit its context, the threads are there.
  ///
  /// Reads no weights; a file's header is read.
  package func planBenchmark(_ request: BenchmarkRequest) throws(Refusal) -> BenchmarkPlan {
    let machine = MachineProbe().describe()
    let reference = request.model ?? BenchmarkRequest.defaultModel
    var plan = BenchmarkPlan(
      name: reference, weights: .file(path: reference), quantization: "unknown",
      promptTokens: request.promptTokens ?? BenchmarkRequest.defaultPromptTokens,
      generateTokens: request.generateTokens ?? BenchmarkRequest.defaultGenerateTokens,
      depthTokens: request.depthTokens ?? 0,
      threads: request.threads ?? machine.cpu.usableCores ?? 1,
      targetSpreadFraction: request.targetSpreadFraction ?? BenchmarkRequest.defaultTargetSpreadFraction,
      maximumRepetitions: request.maximumRepetitions ?? BenchmarkRequest.defaultMaximumRepetitions,
      timeLimitSeconds: request.timeLimitSeconds ?? BenchmarkRequest.defaultTimeLimitSeconds,
      workingSetBytes: request.workingSetBytes, usableMemoryBytes: machine.memory.usableBytes)
    plan.batchTokens = request.batchTokens ?? plan.batchTokens
    plan.cacheFormat = request.cacheFormat ?? plan.cacheFormat
    plan.weightPlacement = request.weights ?? plan.weightPlacement
    let shape: TransformerShape
    let context: Int
    let location = try locate(model: reference)
    switch location {
    case .file, .ollama:
      let path = try location.weightsPath() ?? reference
      let description = try describe(model: reference)
      shape = try check(file: path, request)
      context = shape.contextTokens
      try plan.checkMemory(description)
      plan.weights = .file(path: path)
      plan.quantization = description.fileType ?? description.dominantFormat ?? "unknown"
      plan.name =
        description.storage == .ollama ? description.name : path.split(separator: "/").last.map(String.init) ?? path
    case .catalogue(let model):
      let recipe = try Self.recipe(request.quantization ?? BenchmarkRequest.defaultQuantization)
      plan.weights = .synthetic(ModelDimensions(model), recipe, citation: model.source)
      plan.name = model.id
      plan.quantization = recipe.rawValue
      context = model.contextLength
      shape = try Self.checkStandIn(model, recipe, request)
    }
    try plan.checkLengths(context: context)
    try plan.checkSession(shape)
    try plan.checkThreads(machine)
    return plan
  }

  private static func recipe(_ name: String) throws(Refusal) -> FileTypeRecipe {
    guard let recipe = FileTypeRecipe(runnable: name) else {
      throw Refusal(
        .invalidRequest,
        "weights of the file type \(name.prefix(40)) cannot be made; expected one of "
          + BenchmarkRequest.quantizations.joined(separator: ", "))
    }
    return recipe
  }

  /// The shape that stands for a model of the catalogue.
  private static func checkStandIn(
    _ model: CatalogueModel, _ recipe: FileTypeRecipe, _ request: BenchmarkRequest
  ) throws(Refusal) -> TransformerShape {
    if let placement = request.weights {
      throw Refusal(
        .invalidRequest,
        "weights \(placement.rawValue) was asked for, but the weights of \(model.id), a catalogue model, are made in memory; "
          + "leave weights out, or name a file")
    }
    do throws(InferenceError) {
      let shape = try StandIn.of(ModelDimensions(model)).shape
      _ = try WeightPlan(shape: shape, recipe: recipe)
      return shape
    } catch {
      throw Refusal(error)
    }
  }

  /// Binds the file's tensors, which reads no weights, and returns its shape.
  private func check(file path: String, _ request: BenchmarkRequest) throws(Refusal) -> TransformerShape {
    if let quantization = request.quantization {
      throw Refusal(
        .invalidRequest,
        "quantization \(quantization) was asked for, but \(path) is a file and is measured in its own format; leave "
          + "quantization out, or name a catalogue model (model/list)")
    }
    do throws(InferenceError) {
      return try Model.open(path: path).shape
    } catch {
      throw Refusal(error)
    }
  }
}

extension BenchmarkPlan {
  /// Refuses a file that would be read from storage again for each token, which would take hours and measure the storage.
  fileprivate func checkMemory(_ description: ModelDescription) throws(Refusal) {
    guard let usable = usableMemoryBytes, let bytes = description.weightBytes, bytes > usable else { return }
    throw Refusal(
      .insufficientMemory,
      "the weights of \(description.name) take \(bytes) bytes, but only \(usable) bytes of memory may be used; "
        + "advice/recommend tells which format would fit, and a catalogue model (model/list) is measured at any size",
      details: ["neededBytes": "\(bytes)", "usableBytes": "\(usable)"])
  }

  fileprivate func checkLengths(context: Int) throws(Refusal) {
    guard promptTokens + generateTokens > 0 else {
      throw Refusal(.invalidRequest, "promptTokens and generateTokens are both 0; at least one must be measured")
    }
    let needed = depthTokens + max(promptTokens, generateTokens)
    guard needed <= context else {
      throw Refusal(
        .invalidRequest,
        "depthTokens \(depthTokens) and \(max(promptTokens, generateTokens)) tokens after it exceed the model's context "
          + "of \(context) tokens; ask for \(context) together at most")
    }
  }

  /// Refuses a KV cache whose format does not fit the heads, or that memory cannot hold, before weights are loaded or made.
  fileprivate func checkSession(_ shape: TransformerShape) throws(Refusal) {
    let context = depthTokens + max(promptTokens, generateTokens)
    do throws(InferenceError) {
      let memory = try SessionMemory(
        shape: shape, contextTokens: context, batchTokens: batchTokens, cacheFormat: cacheFormat)
      guard let usable = usableMemoryBytes, memory.totalBytes > usable else { return }
      throw .notEnoughMemory(
        purpose: "KV cache and scratch for \(context) tokens", neededBytes: memory.totalBytes, limitBytes: usable)
    } catch {
      throw Refusal(error)
    }
  }

  fileprivate mutating func checkThreads(_ machine: MachineDescription) throws(Refusal) {
    guard let logical = machine.cpu.affinityCores ?? machine.cpu.logicalCores, threads > logical else {
      if let quota = machine.cpu.quotaCores, Double(threads) > max(1, quota.rounded(.up)) {
        warnings.append(
          "threads \(threads) is more than the processor quota of \(quota) cores: the system stops all threads for a part of each "
            + "period; leave threads out to stay within the quota")
      }
      return
    }
    throw Refusal(
      .invalidRequest,
      "threads \(threads) is more than the \(logical) logical cores that this process may use; more threads than cores "
        + "only wait for each other")
  }
}
