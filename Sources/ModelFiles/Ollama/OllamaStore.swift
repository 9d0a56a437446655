#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder in which Ollama keeps its models: `manifests` by name and `blobs` by digest.
package struct OllamaStore: Hashable, Sendable {
  /// The folder that holds `manifests` and `blobs`.
  package let path: String

  package init(path: String) { self.path = path }

  /// The stores of this machine: the one that `OLLAMA_MODELS` names, else the user's and the service's.
  ///
  /// Source: Ollama's FAQ, "Where are models stored?".
  package static func local() -> [OllamaStore] {
    if let path = variable("OLLAMA_MODELS") { return [OllamaStore(path: path)] }
    let home = variable("HOME").map { [OllamaStore(path: $0 + "/.ollama/models")] } ?? []
    return home + [OllamaStore(path: "/usr/share/ollama/.ollama/models")]
  }

  /// Whether the store has a manifest of this name.
  package func has(_ name: OllamaName) -> Bool { access(manifestPath(name), F_OK) == 0 }

  /// The tags that the store has of the model of `name`, sorted.
  package func tags(of name: OllamaName) -> [String] {
    let folder = "\(path)/manifests/\(name.host)/\(name.namespace)/\(name.model)"
    return (try? ModelFolder(path: folder))?.names ?? []
  }

  /// The names of the blobs that a manifest names, from its bytes.
  package static func blobs(manifest bytes: some Collection<UInt8>) throws(ModelFileError) -> [String] {
    try OllamaManifest(try MappedFile.copying(bytes)).layers.map { "sha256-" + $0.digest }
  }

  /// The path of the GGUF file of a model.
  package func weightsPath(_ name: OllamaName) throws(ModelFileError) -> String {
    let manifestPath = manifestPath(name)
    return try weights(try OllamaManifest(try MappedFile.open(path: manifestPath)), namedBy: manifestPath)
  }

  /// Opens a model by its name, whether its weights are a GGUF file or a blob for each tensor.
  package func open(_ name: OllamaName) throws(ModelFileError) -> ModelContents {
    let manifestPath = manifestPath(name)
    let manifest = try OllamaManifest(try MappedFile.open(path: manifestPath))
    var contents =
      manifest.isOfTensors
      ? try tensors(manifest, namedBy: manifestPath)
      : GGUFReader.contents(try GGUFFile.open(path: try weights(manifest, namedBy: manifestPath)))
    contents.description.name = name.description
    contents.description.storage = .ollama
    contents.description.source = manifestPath
    try addParts(manifest, to: &contents.description, namedBy: manifestPath)
    return contents
  }

  private func weights(_ manifest: OllamaManifest, namedBy manifestPath: String) throws(ModelFileError) -> String {
    guard let layer = manifest.layers.first(where: { $0.kind == "model" }) else {
      throw ModelFileError(
        manifest.isOfTensors ? .unsupportedFormat : .malformed,
        manifest.isOfTensors
          ? "Ollama keeps this model as one blob for each tensor, not as a GGUF file: it can be inspected, but not run "
            + "here. Name a GGUF file of the model."
          : "The manifest has no layer of the kind 'model'; it has "
            + "\(Set(manifest.layers.map(\.kind)).sorted().prefix(8).joined(separator: ", ")). Pull the model again.",
        path: manifestPath)
    }
    return try blob(layer, namedBy: manifestPath)
  }

  private func addParts(
    _ manifest: OllamaManifest, to model: inout ModelDescription, namedBy manifestPath: String
  ) throws(ModelFileError) {
    for layer in manifest.layers {
      switch layer.kind {
      case "projector", "adapter", "draft":
        let path = try blob(layer, namedBy: manifestPath)
        let part = ModelDescription(try GGUFFile.open(path: path))
        let role: ModelComponent.Role =
          layer.kind == "adapter" ? .adapter : layer.kind == "draft" ? .draft : .projector
        model.add(part, role, path: path)
      case "template": model.tokenizer?.hasChatTemplate = true
      case "license" where model.license == nil: model.license = firstLine(of: layer)
      default: break
      }
    }
  }

  /// The path of a layer's blob, which must be there.
  func blob(_ layer: OllamaManifest.Layer, namedBy manifest: String) throws(ModelFileError) -> String {
    let blob = path + "/blobs/sha256-" + layer.digest
    guard access(blob, F_OK) == 0 else {
      throw ModelFileError(
        .missingPart,
        "The manifest names the \(layer.kind) \(blob), which is not there. Pull the model again (ollama pull).",
        path: manifest)
    }
    return blob
  }

  private func firstLine(of layer: OllamaManifest.Layer) -> String? {
    guard let file = try? MappedFile.open(path: path + "/blobs/sha256-" + layer.digest) else { return nil }
    let text = file.text(first: 2048)
    let line = text.split(whereSeparator: \.isNewline).lazy.map { line in
      String(line.drop { $0 == " " || $0 == "#" || $0 == "\t" }.prefix(100))
    }.first { !$0.isEmpty }
    return line
  }

  private func manifestPath(_ name: OllamaName) -> String { "\(path)/manifests/\(name.manifestPath)" }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
