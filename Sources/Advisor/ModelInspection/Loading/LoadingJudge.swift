import Knowledge
import ModelFiles

/// Decides for each framework whether it can load a model's files.
struct LoadingJudge {
  let model: ModelDescription
  private let format: String
  private let situation: Situation.Model

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
    if model.kind == .adapter || model.kind == .projector { return part(framework, answer) }
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

  private typealias Answer = (FrameworkLoading.Verdict, String, [String]) -> FrameworkLoading

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

  private func folder(
    _ framework: Framework, _ record: FrameworkRecord, _ facts: LoadingFacts, _ answer: Answer
  ) -> FrameworkLoading {
    let method = format == "mlx" ? "mlx" : model.quantization?.method
    let words = method.map { "weights that \(named($0)) quantized" } ?? "weights as they were trained"
    guard record.fileFormats.contains("safetensors") || record.convertsFrom.contains("safetensors") else {
      return answer(
        .no, "It neither loads nor converts safetensors: it needs \(record.fileFormats.joined(separator: " or ")).", [])
    }
    if model.weightBytes == nil {
      return answer(.unknown, "There are no safetensors in the folder, so there is nothing to load.", [])
    }
    // Ollama runs what llama.cpp's converter makes.
    let taken = (framework == .ollama ? LoadingFacts.all[.llamaCpp] : facts)?.modelOptAlgorithms
    if let taken, method == "modelopt", let other = model.quantization?.algorithms.first(where: { !taken.contains($0) })
    {
      let names = taken.sorted().joined(separator: ", ")
      return answer(.no, "Of ModelOpt's algorithms it takes \(names); these weights are in \(other).", [])
    }
    let isLoaded = method.map { facts.loads.contains($0) } ?? facts.loadsPlain
    if isLoaded {
      let unsure: String =
        if framework != .mlx {
          " Whether it knows the class \(model.modelClass ?? "of the model") was not checked."
        } else {
          model.kind == .language ? "" : " Its companions run this kind (mlx-vlm, mlx-audio)."
        }
      return answer(.asIs, "It loads \(words)." + missing(record) + unsure, run(record))
    }
    if framework == .llamaCpp || framework == .ollama { return converted(framework, method, words, facts, answer) }
    guard method.map({ facts.converts.contains($0) }) ?? record.convertsFrom.contains("safetensors") else {
      let advice = method == nil ? "" : ": start from the model as it was trained"
      // A loader that was not read may know more methods than are listed.
      return answer(
        framework == .mlx && method != "mlx" ? .unknown : .no, "It is not known to take \(words)\(advice).", [])
    }
    return answer(.afterConversion, "Its converter takes \(words)." + missing(record), convert(record))
  }

  /// The method with what it used, such as `modelopt (NVFP4)`.
  private func named(_ method: String) -> String {
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
    guard LoadingFacts.ollamaEngineClasses.contains(name) else {
      return answer(.unknown, "Whether its MLX engine knows the class \(name) was not found in its source.", command)
    }
    return answer(.asIs, "Its MLX engine knows the class \(name); it needs a build of Ollama with MLX.", command)
  }

  /// llama.cpp converts the classes that it registers; Ollama runs the result.
  private func converted(
    _ framework: Framework, _ method: String?, _ words: String, _ facts: LoadingFacts, _ answer: Answer
  ) -> FrameworkLoading {
    let className = model.modelClass ?? "no class"
    let name = className == "no class" ? "config.json names no class" : "the class \(className)"
    guard ConverterArchitectures.byClass[className] != nil || ConverterArchitectures.withProjector.contains(className)
    else {
      return answer(.no, "llama.cpp's converter does not know \(name).", [])
    }
    let taken = LoadingFacts.all[.llamaCpp]?.converts ?? []
    guard method.map(taken.contains) ?? true else {
      return answer(.no, "llama.cpp's converter does not take \(words): start from the model as it was trained.", [])
    }
    let path = ShellWord.quoted(model.source)
    var commands = ["python llama.cpp/convert_hf_to_gguf.py \(path) --outtype bf16 --outfile model-bf16.gguf"]
    if model.modalities.contains(.image) || model.modalities.contains(.audio),
      ConverterArchitectures.withProjector.contains(className)
    {
      commands.append("python llama.cpp/convert_hf_to_gguf.py \(path) --mmproj --outfile mmproj.gguf")
    }
    if framework == .ollama {
      commands.append("printf 'FROM ./model-bf16.gguf' > Modelfile && ollama create model")
      return answer(
        .afterConversion, "llama.cpp's converter takes \(name) and \(words); Ollama imports the result.", commands)
    }
    commands.append("llama-quantize model-bf16.gguf model-Q4_K_M.gguf Q4_K_M")
    return answer(.afterConversion, "Its converter takes \(name) and \(words).", commands)
  }

  /// Adapters and projectors are loaded beside their model.
  private func part(
    _ framework: Framework, _ answer: (FrameworkLoading.Verdict, String, [String]) -> FrameworkLoading
  ) -> FrameworkLoading {
    let path = ShellWord.quoted(model.source)
    let isAdapter = model.kind == .adapter
    switch (framework, format) {
    case (.llamaCpp, "gguf"):
      return answer(
        .asIs, "It loads this beside its model.",
        ["llama-server -m MODEL.gguf \(isAdapter ? "--lora" : "--mmproj") \(path)"])
    case (.ollama, "gguf"):
      return answer(
        .asIs, "It takes this in a Modelfile.",
        [isAdapter ? "ADAPTER \(path)" : "FROM \(path)"].map {
          "printf 'FROM MODEL\\n\($0)' > Modelfile && ollama create model"
        })
    case (.llamaCpp, _) where isAdapter:
      return answer(
        .afterConversion, "Its converter takes PEFT adapters.",
        ["python llama.cpp/convert_lora_to_gguf.py \(path) --outfile lora.gguf"])
    case (.vllm, "safetensors") where isAdapter:
      return answer(
        .asIs, "It loads PEFT adapters beside their model.",
        ["vllm serve MODEL --enable-lora --lora-modules adapter=\(path)"])
    case (.ollama, "safetensors") where isAdapter:
      return answer(
        .afterConversion, "It imports safetensors adapters of Llama, Mistral and Gemma models.",
        ["printf 'FROM MODEL\\nADAPTER \(model.source)' > Modelfile && ollama create model"])
    case (_, "gguf"): return answer(.no, "It takes no \(model.kind.rawValue) in a GGUF file.", [])
    default: return answer(.unknown, "How it takes adapters was not checked.", [])
    }
  }

  /// A word on inputs that the framework does not take.
  private func missing(_ record: FrameworkRecord) -> String {
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

  private func run(_ record: FrameworkRecord) -> [String] { lines(record, [.serve, .run], model: model.source) }

  private func convert(_ record: FrameworkRecord) -> [String] { lines(record, [.convert], model: model.source) }

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
