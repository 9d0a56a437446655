import Knowledge
import ModelFiles

extension LoadingJudge {
  /// Adapters and projectors are loaded beside their model.
  func part(
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
    case (.llamaCpp, "safetensors") where isAdapter:
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
    case (.ollama, "mlx") where isAdapter:
      return answer(
        .afterConversion, "It imports safetensors adapters, those of MLX too, of Llama, Mistral and Gemma models.",
        ["printf 'FROM MODEL\\nADAPTER \(model.source)' > Modelfile && ollama create model"])
    case (.mlx, "mlx") where isAdapter:
      return answer(
        .asIs, "It loads this beside its model.",
        ["mlx_lm.generate --model MODEL --adapter-path \(path) --prompt Hello"])
    case (.mlx, _) where isAdapter:
      return answer(.no, "It loads the adapters that it trained itself (adapters.safetensors), not those of PEFT.", [])
    case (_, "mlx") where isAdapter && framework != .qnn && LoadingFacts.all[framework]?.adapterSource != nil:
      return answer(.no, "It takes adapters of PEFT; this one is MLX's.", [])
    case (.openvino, "safetensors") where isAdapter:
      return answer(.asIs, "OpenVINO GenAI applies the safetensors file beside its model (Adapter, AdapterConfig).", [])
    case (.tensorrtLLM, "safetensors") where isAdapter:
      return answer(.asIs, "It loads PEFT adapters beside their model (LoraConfig, LoRARequest).", [])
    case (.olive, "safetensors") where isAdapter:
      return answer(
        .afterConversion, "Its tool makes a file of them for models that it exported with adapters.",
        ["olive convert-adapters -a \(path) -o adapter"])
    case (_, "gguf"): return answer(.no, "It takes no \(model.kind.rawValue) in a GGUF file.", [])
    default: return answer(.unknown, "Whether it takes adapters was not found in its sources.", [])
    }
  }
}
