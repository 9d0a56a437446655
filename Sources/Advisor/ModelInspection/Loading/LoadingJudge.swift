import Knowledge
import ModelFiles

/// Decides for each framework whether it can load a model's files.
struct LoadingJudge {
  let model: ModelDescription
  let format: String
  let situation: Situation.Model

  /// The verdict of every framework of the fact files, those that load it first; empty for a name of the catalogue.
  static func all(_ model: ModelDescription) -> [FrameworkLoading] {
    guard let format = model.fileFormat else { return [] }
    let judge = LoadingJudge(model: model, format: format.rawValue, situation: Situation.Model(model))
    let list = Framework.allCases.map { judge.verdict($0) }
    let order = FrameworkLoading.Verdict.allCases
    return order.flatMap { verdict in list.filter { $0.verdict == verdict } }
  }

  private func verdict(_ framework: Framework) -> FrameworkLoading {
    guard let record = FrameworkRecord.of(framework) else {
      return FrameworkLoading(framework: framework, verdict: .unknown, because: "It has no facts.", source: "none")
    }
    let facts = LoadingFacts.all[framework] ?? LoadingFacts(source: record.source)
    func answer(_ verdict: FrameworkLoading.Verdict, _ because: String, _ commands: [String] = []) -> FrameworkLoading {
      FrameworkLoading(
        framework: framework, verdict: verdict, because: because, commands: commands, source: facts.source)
    }
    if model.kind == .adapter || model.kind == .projector {
      var loading = part(framework, answer)
      loading.source = facts.adapterSource ?? loading.source
      return loading
    }
    if model.kind == .imageGeneration, let name = model.modelClass,
      facts.laterPipelines.contains(where: { name.hasPrefix($0) })
    {
      return answer(
        .unknown, "Its main branch runs pipelines like \(name) in beta; whether \(record.version) does was not found.")
    }
    if let kind = situation.kind, kind != .other, !record.modelKinds.contains(kind) {
      return answer(.no, "It does not run models of this kind (\(model.kind.rawValue)).")
    }
    if format == "gguf" { return gguf(framework, record, facts, answer) }
    if model.storage == .ollama { return tensorBlobs(framework, answer) }
    if model.kind == .imageGeneration { return pipeline(framework, record, facts, answer) }
    if format == "safetensors" || format == "mlx" { return folder(framework, record, facts, answer) }
    if record.fileFormats.contains(format) {
      return answer(.asIs, "It runs \(title) files." + missing(record), run(record))
    }
    if record.convertsFrom.contains(format) {
      return answer(.afterConversion, "It converts \(title) files." + missing(record), convert(record))
    }
    return answer(.no, "It neither loads nor converts \(title) files: start from the original model.")
  }

  typealias Answer = (FrameworkLoading.Verdict, String, [String]) -> FrameworkLoading

  private func gguf(
    _ framework: Framework, _ record: FrameworkRecord, _ facts: LoadingFacts, _ answer: Answer
  ) -> FrameworkLoading {
    let loads = record.fileFormats.contains(format)
    guard loads || record.convertsFrom.contains(format) else {
      return answer(.no, "It neither loads nor converts GGUF files: start from the original Hugging Face model.", [])
    }
    let architecture = model.architecture ?? "none"
    let known = facts.ggufArchitectures ?? KnownArchitectures.all
    guard known.contains(architecture) else {
      return answer(.no, "It does not know the architecture '\(architecture)' in GGUF files.", [])
    }
    if let formats = facts.ggufFormats, let other = model.formats.first(where: { !formats.contains($0.format) }) {
      return answer(
        .no, "It takes GGUF files in \(formats.sorted().joined(separator: ", ")); this one has \(other.format).", [])
    }
    guard loads else { return answer(.afterConversion, "Its model builder takes GGUF files in F16 and F32.", []) }
    return answer(
      .asIs, "It runs GGUF files of the architecture '\(architecture)'." + missing(record), runGGUF(framework))
  }

  /// The method with what it used, such as `modelopt (NVFP4)`.
  func named(_ method: String) -> String {
    let algorithms = model.quantization?.algorithms ?? []
    return algorithms.isEmpty ? method : "\(method) (\(algorithms.joined(separator: ", ")))"
  }

  /// An image generator: what exports it is chosen by the class of its pipeline.
  private func pipeline(
    _ framework: Framework, _ record: FrameworkRecord, _ facts: LoadingFacts, _ answer: Answer
  ) -> FrameworkLoading {
    let name = model.modelClass ?? "none"
    if record.fileFormats.contains(format) {
      return answer(.asIs, "It runs \(title) files; \(facts.pipelineRunner ?? "its runtime") runs the pipeline.", [])
    }
    guard record.convertsFrom.contains(format) else {
      return answer(.no, "It neither loads nor converts image generators in \(title) files.", [])
    }
    if let method = model.quantization?.method {
      return answer(.unknown, "Whether it takes parts that \(method) quantized was not found in its sources.", [])
    }
    guard let prefixes = facts.pipelines else {
      return answer(.unknown, "Whether it converts the pipeline \(name) was not found in its sources.", [])
    }
    guard prefixes.contains(where: { name.hasPrefix($0) }) else {
      return answer(
        .no, "Its exporter takes pipelines whose class begins with \(prefixes.joined(separator: ", ")), not \(name).",
        [])
    }
    let path = ShellWord.quoted(model.source)
    return answer(
      .afterConversion, "Its exporter takes the pipeline \(name).",
      facts.pipelineExport.map { [$0.replacing("{model}", with: path)] } ?? [])
  }

  /// A model that Ollama keeps as a blob for each tensor, which its MLX engine alone reads.
  private func tensorBlobs(_ framework: Framework, _ answer: Answer) -> FrameworkLoading {
    guard framework == .ollama else {
      return answer(
        .no, "The weights are blobs of Ollama's store, which it does not read: start from the original.", [])
    }
    let name = model.modelClass ?? "none"
    let command = ["ollama run \(model.name)"]
    guard LoaderClasses.ollamaEngine.contains(name) else {
      return answer(.unknown, "Whether its MLX engine knows the class \(name) was not found in its source.", command)
    }
    return answer(.asIs, "Its MLX engine knows the class \(name); it needs a build of Ollama with MLX.", command)
  }

  /// A word on inputs that the framework does not take.
  func missing(_ record: FrameworkRecord) -> String {
    let missing = record.missingModalities(of: situation).map(\.rawValue)
    return missing.isEmpty
      ? "" : " It takes no \(missing.joined(separator: " or ")): only the rest of the model is used."
  }

  private var title: String {
    switch model.fileFormat {
    case .onnx: "ONNX"
    case .openvino: "OpenVINO IR"
    case .gguf: "GGUF"
    case .mlx: "MLX"
    default: "safetensors"
    }
  }

  private func runGGUF(_ framework: Framework) -> [String] {
    let path = ShellWord.quoted(model.source)
    if model.storage == .ollama {
      return framework == .ollama ? ["ollama run \(model.name)"] : []
    }
    return switch framework {
    case .llamaCpp: ["llama-server -m \(path)"]
    case .ollama: ["printf 'FROM \(model.source)' > Modelfile && ollama create model"]
    default: []
    }
  }

  func run(_ record: FrameworkRecord) -> [String] { lines(record, [.serve, .run], model: model.source) }

  func convert(_ record: FrameworkRecord) -> [String] { lines(record, [.convert], model: model.source) }

  /// The first command of the first purpose that has one and names the model.
  ///
  /// The fact files' commands are those for language models; the others have packages of their own.
  private func lines(_ record: FrameworkRecord, _ purposes: [FrameworkRecord.Purpose], model path: String) -> [String] {
    guard model.kind == .language || (model.kind == .visionLanguage && record.framework != .mlx) else { return [] }
    for purpose in purposes {
      let found = record.commands.first { command in
        command.purpose == purpose && command.acceleratorKind == nil && command.operatingSystems == nil
          && (command.line.contains("{repository}") || command.line.contains("{model}")
            || command.line.contains(record.defaultModel))
      }
      guard let line = found?.line else { continue }
      let word = ShellWord.quoted(path)
      let filled = line.replacing("{repository}", with: word).replacing("{model}", with: word)
      return [purpose == .convert ? filled : filled.replacing(record.defaultModel, with: word)]
    }
    return []
  }
}
