import JSON

/// The `model_index.json` of a Diffusers folder: the class of the pipeline, and which parts it is made of.
///
/// Source of the form: `DiffusionPipeline.save_pretrained` and `from_pretrained` of huggingface/diffusers
/// `src/diffusers/pipelines/pipeline_utils.py`: each part is `[library, class]`, or `[null, null]` when it is left out.
struct DiffusersIndex {
  /// One part and where its class is from.
  struct Entry {
    /// The name of its folder.
    var name: String
    /// `diffusers`, `transformers`, or the file of the model's own code.
    var library: String
    var modelClass: String
  }

  static let fileName = "model_index.json"
  /// More parts than any pipeline has.
  static let mostParts = 64

  var pipelineClass: String
  var entries: [Entry] = []
  let configuration: Configuration

  init(_ configuration: Configuration) throws(ModelFileError) {
    self.configuration = configuration
    guard let name = configuration.text("_class_name"), !name.isEmpty else {
      throw ModelFileError(
        .malformed, "The index lacks '_class_name', the class of the pipeline. Download it again.",
        path: configuration.path)
    }
    pipelineClass = name
    // Lists of anything but two texts are settings of the pipeline.
    for (key, value) in configuration.object.members where !key.hasPrefix("_") {
      guard let pair = value.array, pair.count == 2, let library = pair[0].string, let name = pair[1].string else {
        continue
      }
      try Self.check(key, path: configuration.path)
      guard entries.count < Self.mostParts else {
        throw ModelFileError(
          .malformed, "The index has more than \(Self.mostParts) parts, which no pipeline has.",
          path: configuration.path)
      }
      entries.append(
        Entry(name: key, library: String(library.prefix(200)), modelClass: String(name.prefix(200))))
    }
  }

  /// The name of a part is that of a folder beside the index, and no more.
  private static func check(_ name: String, path: String?) throws(ModelFileError) {
    _ = try NeighborPath.resolve(name, in: ".", namedBy: path, "A part of the index")
    guard !name.contains("/") else {
      throw ModelFileError(
        .malformed,
        "A part of the index is '\(name.prefix(100))'; expected the name of a folder beside the index. Do not use this "
          + "model unless you know where it comes from.", path: path)
    }
  }
}
