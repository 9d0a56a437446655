import JSON

/// Reads folders as Hugging Face's libraries save models, whatever is in them: whole models, adapters, MLX's.
package enum HuggingFaceReader: ModelReader {
  package static let title = "a Hugging Face or MLX folder (config.json, *.safetensors)"

  package static func recognizes(_ place: ModelPlace) -> Bool {
    guard case .folder(let folder) = place else { return false }
    let endings = [".safetensors", ".safetensors.index.json"]
    if folder.has("adapter_config.json")
      || folder.names.contains(where: { name in endings.contains { name.hasSuffix($0) } })
    {
      return true
    }
    // Exports to other formats keep the configuration of the model that they were made from.
    return folder.has("config.json")
      && !folder.names.contains { $0.hasSuffix(".onnx") || $0.hasSuffix(".gguf") || $0.hasSuffix("_model.xml") }
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    guard case .folder(let folder) = place else {
      throw ModelFileError(.notAModel, "Expected a folder.", path: place.path)
    }
    return try contents(try HuggingFaceFolder(folder))
  }

  static func contents(_ folder: HuggingFaceFolder) throws(ModelFileError) -> ModelContents {
    let description = try ModelDescription(folder)
    return ModelContents(
      description: description, configuration: folder.configuration?.object,
      tensors: { (folder.weights?.tensors ?? []).map { StoredTensor($0) } },
      settings: { folder.configuration.map { StoredSetting.all($0.object, prefix: "") } ?? [] })
  }
}

extension StoredTensor {
  init(_ tensor: SafetensorsTensor) {
    self.init(
      name: tensor.name, shape: tensor.shape.reversed(), format: tensor.type.rawValue, byteCount: tensor.byteCount,
      byteOffset: tensor.byteOffset, fileIndex: tensor.fileIndex)
  }
}

extension StoredSetting {
  /// The members of `object`, those of objects inside it with their path.
  static func all(_ object: JSON, prefix: String) -> [StoredSetting] {
    object.members.flatMap { key, value -> [StoredSetting] in
      let name = prefix + key
      switch value {
      case .object: return all(value, prefix: name + ".")
      case .array(let elements): return [StoredSetting(key: name, type: "array", count: elements.count)]
      case .null: return [StoredSetting(key: name, type: "null")]
      case .bool: return [StoredSetting(key: name, type: "bool", value: value)]
      case .integer: return [StoredSetting(key: name, type: "integer", value: value)]
      case .number: return [StoredSetting(key: name, type: "number", value: value)]
      case .string: return [StoredSetting(key: name, type: "string", value: value)]
      }
    }
  }
}

extension HuggingFaceReader {
  /// Reads a model from memory: the text of its `config.json`, and its weights as one safetensors file if it has any.
  package static func parse(configuration: some Collection<UInt8>, weights: some Collection<UInt8>)
    throws(ModelFileError) -> ModelContents
  {
    let config = try Configuration.parse(try MappedFile.copying(configuration, path: "config.json"))
    let model = weights.isEmpty ? nil : try SafetensorsModel(try SafetensorsFile.parse(weights))
    return try contents(HuggingFaceFolder(model, configuration: config))
  }
}
