extension HuggingFaceFolder {
  /// The configuration and tokenizer of a folder, whatever weights it has.
  init(withoutWeights folder: ModelFolder) throws(ModelFileError) {
    path = folder.path
    names = folder.names
    configuration = folder.has("config.json") ? try Configuration.open(path: folder.path(of: "config.json")) : nil
    weights = nil
  }
}

extension ModelDescription {
  /// Takes the shape of the model from the `config.json` that its exporter left beside it or, for a subfolder such as
  /// `onnx`, above it; one that cannot be used is a note, because the graph stands for itself.
  mutating func addConfiguration(folder: String?) {
    guard let folder else { return }
    do throws(ModelFileError) {
      for path in [folder, folder == "/" ? "/" : folder + "/.."] {
        let place = try ModelFolder(path: path)
        guard place.has("config.json") else {
          // Only the exporters' own subfolders belong to the folder above.
          if ["onnx", "openvino"].contains(folder.split(separator: "/").last.map(String.init) ?? "") { continue }
          return
        }
        let described = try ModelDescription(try HuggingFaceFolder(withoutWeights: place))
        architecture = described.architecture
        modelClass = described.modelClass
        family = described.family
        kind = described.kind
        modalities = described.modalities
        hyperparameters = described.hyperparameters
        attention = described.attention
        usesSlidingWindow = described.usesSlidingWindow
        hasRecurrentLayers = described.hasRecurrentLayers
        isMixtureOfExperts = described.isMixtureOfExperts
        cacheLayers = described.cacheLayers
        recurrentStateBytes = described.recurrentStateBytes
        tokenizer = described.tokenizer
        license = described.license
        return
      }
    } catch {
      notes.append("The configuration beside the model cannot be used: \(error)")
    }
  }
}
