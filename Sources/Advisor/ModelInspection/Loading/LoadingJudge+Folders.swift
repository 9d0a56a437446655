import Knowledge
import ModelFiles

extension LoadingJudge {
  func folder(
    _ framework: Framework, _ record: FrameworkRecord, _ facts: LoadingFacts, _ answer: Answer
  ) -> FrameworkLoading {
    let method = format == "mlx" ? "mlx" : model.quantization?.method
    let isWrittenByMLX = method == "mlx" && model.quantization == nil
    let words =
      isWrittenByMLX
      ? "weights that MLX wrote"
      : method.map { "weights that \(named($0)) quantized" } ?? "weights as they were trained"
    guard record.fileFormats.contains("safetensors") || record.convertsFrom.contains("safetensors") else {
      return answer(
        .no, "It neither loads nor converts safetensors: it needs \(record.fileFormats.joined(separator: " or ")).", [])
    }
    if model.weightBytes == nil {
      return answer(.unknown, "There are no safetensors in the folder, so there is nothing to load.", [])
    }
    if framework == .llamaCpp || framework == .ollama { return converted(framework, method, words, answer) }
    if framework == .mlx { return mlx(method, words, record, answer) }
    if let refusal = refusal(facts, method, answer) { return refusal }
    if method.map({ facts.loads.contains($0) }) ?? facts.loadsPlain {
      let name = model.modelClass ?? "none"
      if let classes = facts.classes, !classes.contains(name) {
        return answer(
          .unknown, "It loads \(words), but the class \(name) is not in the list of those it knows that was read.", [])
      }
      return answer(.asIs, "It loads \(words)." + missing(record), run(record))
    }
    guard method.map({ facts.converts.contains($0) }) ?? record.convertsFrom.contains("safetensors") else {
      let advice = method == nil ? "" : ": start from the model as it was trained"
      return answer(.no, "It is not known to take \(words)\(advice).", [])
    }
    return answer(.afterConversion, "Its converter takes \(words)." + missing(record), convert(record))
  }

  /// A refusal of the first algorithm of ModelOpt that is not taken; nil when all are.
  private func refusal(_ facts: LoadingFacts, _ method: String?, _ answer: Answer) -> FrameworkLoading? {
    guard let taken = facts.modelOptAlgorithms, method == "modelopt",
      let other = model.quantization?.algorithms.first(where: { !taken.contains($0) })
    else { return nil }
    let names = taken.sorted().joined(separator: ", ")
    return answer(.no, "Of ModelOpt's algorithms it takes \(names); these weights are in \(other).", [])
  }

  /// llama.cpp converts the classes that it registers; Ollama runs the result.
  func converted(
    _ framework: Framework, _ method: String?, _ words: String, _ answer: Answer
  ) -> FrameworkLoading {
    let className = model.modelClass ?? "no class"
    if framework == .ollama, let engine = engine(method, words, answer) { return engine }
    let name = className == "no class" ? "config.json names no class" : "the class \(className)"
    guard ConverterArchitectures.byClass[className] != nil || ConverterArchitectures.withProjector.contains(className)
    else {
      return answer(.no, "llama.cpp's converter does not know \(name).", [])
    }
    if let facts = LoadingFacts.all[.llamaCpp], let refusal = refusal(facts, method, answer) { return refusal }
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

  /// What Ollama's MLX engine imports by itself, where llama.cpp's converter does not; nil when it does not either.
  ///
  /// Source of the quantizations: `prequantPatterns` and `SourceBlockFP8` of ollama/ollama@fb307609 `x/create`.
  private func engine(_ method: String?, _ words: String, _ answer: Answer) -> FrameworkLoading? {
    let name = model.modelClass ?? ""
    let facts = LoadingFacts.all[.llamaCpp]
    let isConverted =
      ConverterArchitectures.byClass[name] != nil && (method.map { facts?.converts.contains($0) == true } ?? true)
      && facts.flatMap { refusal($0, method, answer) } == nil
    guard !isConverted, LoaderClasses.ollamaEngine.contains(name) else { return nil }
    let scheme = model.quantization
    let isTaken =
      switch method {
      case nil, "mlx", "fp8": true
      case "modelopt": scheme?.algorithms == ["NVFP4"]
      case "compressed-tensors": scheme?.weightType == "fp4"
      default: false
      }
    guard isTaken else { return nil }
    let line = ShellWord.quoted("FROM " + model.source)
    return answer(
      .afterConversion,
      "Its MLX engine imports the class \(name) and \(words); it needs a build of Ollama with MLX.",
      ["printf %s \(line) > Modelfile && ollama create --experimental model"])
  }

  /// mlx-lm chooses by the model type, and packs some of the quantizations of others anew.
  private func mlx(_ method: String?, _ words: String, _ record: FrameworkRecord, _ answer: Answer) -> FrameworkLoading
  {
    let isKnown = model.modelType.map(LoaderClasses.mlxTypes.contains) ?? false
    guard isKnown || model.kind == .language || model.kind == .unknown else {
      guard method == nil || method == "mlx" else {
        return answer(.unknown, "Whether its companions (mlx-vlm, mlx-audio) take \(words) was not found.", [])
      }
      return answer(.asIs, "It loads \(words). Its companions run this kind (mlx-vlm, mlx-audio).", [])
    }
    guard let type = model.modelType else {
      return answer(.unknown, "config.json names no model_type, by which mlx-lm chooses.", [])
    }
    guard isKnown else { return answer(.no, "mlx-lm does not know the model type '\(type)'.", []) }
    let scheme = model.quantization
    let isFourBits = (scheme?.bits ?? 4) == 4
    let problem: String? =
      switch method {
      case nil, "mlx", "bitnet", "mxfp4": nil
      case "awq", "gptq":
        !isFourBits
          ? "it takes those of 4 bits alone"
          : scheme?.hasGroupIndex == true ? "it takes none with an index of groups (g_idx)" : nil
      case "compressed-tensors":
        ["deepseek_v3", "joyai_llm_flash", "kimi_k2"].contains(type) ? nil : "it unpacks those of DeepSeek V3 alone"
      case "fp8": LoaderClasses.mlxBlockFloatTypes.contains(type) ? nil : "it unpacks those of other model types alone"
      default: "it has no way to unpack them"
      }
    if let problem {
      return answer(.no, "Of \(words), \(problem): start from the model as it was trained.", [])
    }
    return answer(.asIs, "It knows the model type '\(type)' and loads \(words)." + missing(record), run(record))
  }
}
