extension ModelDescription {
  /// Says what a projector file turns into embeddings: one for images, one for sound, or both in one.
  ///
  /// Its shape is that of its encoder, under `clip.vision.` or `clip.audio.`.
  mutating func describeProjector(_ file: GGUFFile) {
    let seesImages = file.metadata["clip.has_vision_encoder"]?.bool ?? !file.metadata.has(prefix: "clip.audio.")
    let hears = file.metadata["clip.has_audio_encoder"]?.bool ?? file.metadata.has(prefix: "clip.audio.")
    modalities = (seesImages ? [.image] : []) + (hears ? [.audio] : [])
    let keys = ArchitectureKeys(architecture: seesImages ? "clip.vision" : "clip.audio", metadata: file.metadata)
    hyperparameters = Hyperparameters(keys)
    if let heads = hyperparameters.headCount?.max(), let shared = hyperparameters.headCountKV?.max() {
      attention = AttentionKind(heads: heads, headsKV: shared)
    }
    cacheLayers = []
    recurrentStateBytes = 0
    let type = ["clip.projector_type", "clip.vision.projector_type", "clip.audio.projector_type"].lazy
      .compactMap { file.metadata[$0]?.string }.first
    let what = seesImages && hears ? "images and sound" : hears ? "sound" : "images"
    notes.append(
      "This is a projector (mmproj\(type.map { " of the kind \($0.prefix(40))" } ?? "")) for \(what); it is used beside a "
        + "language model: llama-server -m MODEL --mmproj FILE.")
  }
}

extension Metadata {
  /// Whether any key starts with `prefix`.
  func has(prefix: String) -> Bool { entries.contains { $0.key.hasPrefix(prefix) } }
}
