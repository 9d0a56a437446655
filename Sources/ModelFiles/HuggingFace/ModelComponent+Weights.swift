extension ModelComponent {
  /// The parts of a model by the names of its tensors; empty when it is a language model alone.
  ///
  /// Source of the names: the modules of the transformers library and of the models' own code.
  static func parts(of matrices: [WeightMatrix], text layers: Int?) -> [ModelComponent] {
    var totals: [Role: (parameters: Int, bytes: Int)] = [:]
    for matrix in matrices {
      let role = role(of: matrix.name, layers: layers)
      let before = totals[role] ?? (0, 0)
      totals[role] = (before.parameters &+ matrix.parameters, before.bytes &+ matrix.bytes)
    }
    guard totals.keys.contains(where: { $0 != .languageModel }) else { return [] }
    return Role.allCases.compactMap { role in
      totals[role].map { ModelComponent(role: role, parameterCount: max(0, $0.parameters), bytes: max(0, $0.bytes)) }
    }
  }

  /// Whether a tensor belongs to the layers that predict further tokens.
  static func isPrediction(_ name: String, layers: Int?) -> Bool {
    if isDraft(name) { return false }
    if name.hasPrefix("mtp.") || name.contains(".mtp.") || name.hasPrefix("mtp_") { return true }
    guard let layers, let start = name.range(ofLayers: "layers.") else { return false }
    let digits = name[start...].prefix { $0.isNumber }
    guard let index = Int(digits) else { return false }
    return index >= layers
  }

  /// Whether a tensor is of the draft model that Ollama keeps beside a model.
  static func isDraft(_ name: String) -> Bool { name.hasPrefix("draft.") }

  private static let seeing = ["vision_tower", "vision_model", "visual.", "vision_encoder", "vpm.", "vision."]
  private static let hearing = ["audio_tower", "audio_model", "audio_encoder", "apm.", "audio."]
  private static let joining = [
    "multi_modal_projector", "mm_projector", "multimodal_projector", "embed_vision", "embed_audio", "resampler",
    "connector", "mlp1.", "aligner", "visual.merger", "vision_projection", "audio_projection",
  ]

  private static func role(of name: String, layers: Int?) -> Role {
    if isDraft(name) { return .draft }
    if joining.contains(where: { name.contains($0) }) { return .projector }
    if seeing.contains(where: { name.hasPrefix($0) || name.contains("." + $0) }) { return .visionEncoder }
    if hearing.contains(where: { name.hasPrefix($0) || name.contains("." + $0) }) { return .audioEncoder }
    return isPrediction(name, layers: layers) ? .draft : .languageModel
  }
}

extension String {
  /// Where the text after the first `part` starts; nil when it does not occur.
  fileprivate func range(ofLayers part: String) -> Index? {
    guard let found = utf8.firstRange(of: part.utf8) else { return nil }
    return found.upperBound
  }
}
