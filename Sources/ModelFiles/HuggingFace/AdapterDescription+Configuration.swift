import JSON

extension AdapterDescription {
  /// Reads `adapter_config.json`, as PEFT writes it (`r`, `lora_alpha`) or mlx_lm does (`lora_parameters`).
  init(_ config: Configuration) throws(ModelFileError) {
    self.init(type: (config.text("peft_type", "fine_tune_type") ?? "lora").lowercased())
    let parameters = config.nested("lora_parameters")
    let own = try config.count("r")
    let inner = try parameters?.count("rank")
    rank = own ?? inner
    alpha = config.number("lora_alpha") ?? parameters?.number("alpha", "scale")
    baseModel = config.text("base_model_name_or_path", "model")
    let names = config.texts("target_modules") + (parameters?.texts("keys") ?? [])
    targets = Array(Set(names).sorted().prefix(64))
  }
}
