import ModelFiles

extension Harness {
  /// The index of an image generator: no part that it names may lie anywhere but beside it.
  static let diffusers = Harness(name: "diffusers") { bytes in
    for name in (try? DiffusersReader.parts(index: bytes)) ?? [] {
      precondition(!name.isEmpty && !name.contains("/") && name != ".." && name != ".")
    }
  }

  /// A Hugging Face or MLX folder: `config.json`, a null byte, and the weights as one safetensors file.
  static let huggingface = Harness(name: "huggingface") { bytes in
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    let weights = bytes[min(end + 1, bytes.count)...]
    guard let model = try? HuggingFaceReader.parse(configuration: bytes[..<end], weights: weights) else { return }
    for group in model.description.cacheLayers ?? [] { precondition(group.keyValues >= 0 && group.layerCount >= 0) }
    _ = (model.tensors(), model.settings())
  }

  /// The manifest of a model of Ollama: it may name nothing but blobs.
  static let ollama = Harness(name: "ollama") { bytes in
    for name in (try? OllamaStore.blobs(manifest: bytes)) ?? [] { precondition(name.utf8.count == 71) }
  }
}
