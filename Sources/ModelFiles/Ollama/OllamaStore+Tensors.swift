extension OllamaManifest {
  /// Whether the model is kept as one blob for each tensor, as imports of safetensors for its MLX engine are.
  var isOfTensors: Bool { !layers.contains { $0.kind == "model" } && layers.contains { $0.kind == "tensor" } }
}

extension OllamaStore {
  /// More bytes than the heads of all blobs of a model have.
  private static let longestHeads = 256 << 20

  /// Reads a model of tensor blobs: each is a small safetensors file, and the JSON files of the original lie beside them.
  ///
  /// Source: ollama/ollama@fb307609 `x/create/pipeline.go`, `x/create/writer.go` and `x/imagegen/manifest/manifest.go`.
  func tensors(_ manifest: OllamaManifest, namedBy manifestPath: String) throws(ModelFileError) -> ModelContents {
    var weights = SafetensorsModel()
    var places: [String: String] = [:]
    var seen: Set<String> = []
    var headBytes = 0
    for layer in manifest.layers {
      guard layer.kind == "tensor" || layer.kind == "json" else { continue }
      let path = try blob(layer, namedBy: manifestPath)
      guard layer.kind == "tensor" else {
        // Those of a draft model and of parts have a folder before their name.
        if let name = layer.name, places[name] == nil { places[name] = path }
        continue
      }
      let part = layer.name.flatMap(Self.part) ?? ""
      guard seen.insert(part + layer.digest).inserted else {
        throw ModelFileError(
          .malformed, "The manifest names the blob sha256-\(layer.digest) for two tensors. Pull the model again.",
          path: manifestPath)
      }
      let file = try SafetensorsFile.open(path: path)
      headBytes += file.file.bytes.count - file.tensors.reduce(0) { $0 + $1.byteCount }
      guard headBytes <= Self.longestHeads else {
        throw ModelFileError(
          .malformed, "The heads of the tensor blobs are longer than \(Self.longestHeads) bytes, which no model's are.",
          path: manifestPath)
      }
      try weights.add(file, prefix: part)
    }
    let folder = try HuggingFaceFolder(path: manifestPath, places: places, weights: weights)
    return try HuggingFaceReader.contents(folder)
  }

  /// The part of an image generator that a tensor belongs to, with its slash; nil for other models, which have none.
  private static func part(_ name: String) -> String? {
    guard let slash = name.firstIndex(of: "/"), slash != name.startIndex else { return nil }
    return String(name[...slash])
  }
}
