extension ModelDescription {
  /// Adds a part that lies in a file of its own: a projector or an adapter in GGUF.
  mutating func add(_ part: ModelDescription, _ role: ModelComponent.Role, path: String?) {
    if components.isEmpty, let weightBytes {
      components.append(ModelComponent(role: .languageModel, parameterCount: parameterCount, bytes: weightBytes))
    }
    components.append(
      ModelComponent(
        role: role, path: path, parameterCount: part.parameterCount, bytes: part.weightBytes ?? part.fileBytes ?? 0))
    if role == .adapter { adapter = part.adapter }
    guard role == .projector else { return }
    modalities += part.modalities.filter { !modalities.contains($0) }
    if kind == .language { kind = part.modalities.contains(.image) ? .visionLanguage : .audioLanguage }
    notes.removeAll { $0 == Self.needsProjector }
  }

  /// The note on a model that sees, whose file holds the language model alone.
  static let needsProjector = "This file reads text; images need the model's projector file (mmproj) beside it."
}
