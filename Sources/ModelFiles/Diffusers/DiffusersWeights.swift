/// Chooses the files that hold the weights of one part of a Diffusers folder.
///
/// Source of the names: `WEIGHTS_NAME`, `SAFETENSORS_WEIGHTS_NAME` and `_add_variant` of huggingface/diffusers
/// `src/diffusers/utils/constants.py` and `hub_utils.py`; parts of transformers call theirs `model`.
enum DiffusersWeights {
  /// What was chosen, and the names of the other files of weights, which are variants of it.
  struct Choice {
    var model: SafetensorsModel
    var others: [String]
  }

  private static let stems = ["diffusion_pytorch_model", "model"]

  /// Opens the safetensors of a part; nil when it has none.
  static func open(_ folder: ModelFolder) throws(ModelFileError) -> Choice? {
    let all = folder.names(endingIn: ".safetensors")
    let indexes = folder.names.filter { $0.hasSuffix(".json") && $0.contains(".safetensors.index.") }
    let plain = stems.map { $0 + ".safetensors.index.json" }.first { indexes.contains($0) }
    if plain == nil, let single = stems.map({ $0 + ".safetensors" }).first(where: { all.contains($0) }) {
      return try choice([single], of: all, in: folder)
    }
    if let index = plain ?? indexes.first {
      let model = try SafetensorsModel.open(index: folder.path(of: index))
      let used = try SafetensorsIndex.open(path: folder.path(of: index)).files
      return Choice(model: model, others: all.filter { !used.contains($0) })
    }
    guard let first = all.first else { return nil }
    let shards = all.filter { $0.contains("-of-") }
    return try choice(shards.contains(first) ? shards : [first], of: all, in: folder)
  }

  /// The checkpoints of PyTorch of a part, which are not read.
  static func pickles(_ folder: ModelFolder) -> [String] {
    folder.names.filter { name in name.hasSuffix(".bin") && name.contains("pytorch_model") }
  }

  private static func choice(_ names: [String], of all: [String], in folder: ModelFolder) throws(ModelFileError)
    -> Choice
  {
    let model = try SafetensorsModel(paths: names.map { folder.path(of: $0) })
    return Choice(model: model, others: all.filter { !names.contains($0) })
  }
}
