extension AdapterDescription {
  /// Reads an adapter that `convert_lora_to_gguf.py` of llama.cpp wrote: `<matrix>.lora_a` and `.lora_b` for each matrix.
  init(_ file: GGUFFile) {
    self.init(type: String((file.metadata["adapter.type"]?.string ?? "lora").prefix(40)))
    alpha = file.metadata["adapter.lora.alpha"]?.double.flatMap { $0.isFinite ? $0 : nil }
    let first = file.tensors.filter { $0.name.hasSuffix(".lora_a") }
    rank = first.map(\.rows).max()
    baseModel = ["general.base_model.0.repo_url", "general.base_model.0.name"].lazy
      .compactMap { file.metadata[$0]?.string }.first.map { String($0.prefix(200)) }
    let matrices = first.compactMap { tensor -> String? in
      let parts = tensor.name.split(separator: ".").dropLast().filter { $0 != "weight" }
      return parts.last.map(String.init)
    }
    targets = Array(Set(matrices).sorted().prefix(64))
  }
}
