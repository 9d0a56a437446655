extension ModelDescription {
  /// Describes an image generator by its parts.
  init(_ index: DiffusersIndex, _ parts: [DiffusersPart], _ folder: ModelFolder) {
    let components = parts.compactMap(\.component)
    let isCounted = !components.isEmpty && components.allSatisfy { $0.parameterCount != nil }
    self.init(
      name: Self.folderName(folder.path), origin: .file, source: folder.path, architecture: nil,
      parameterCount: isCounted ? components.reduce(0) { $0 &+ ($1.parameterCount ?? 0) } : nil,
      parameterSource: isCounted
        ? "the values of the weights of \(components.count) parts, counted as they are unpacked"
        : "not known: not all weights were read", hyperparameters: Hyperparameters())
    modelClass = index.pipelineClass
    family = Self.family(ofPipeline: index.pipelineClass)
    let makesSound = index.pipelineClass.contains("Audio") || index.pipelineClass.contains("Music")
    kind = makesSound ? .unknown : .imageGeneration
    modalities = Self.inputs(index.pipelineClass, parts)
    fileFormat = parts.compactMap(\.format).first ?? .safetensors
    storage = .folder
    layout = .diffusers
    fileBytes = parts.reduce(0) { $0 &+ $1.fileBytes }
    fileCount = parts.reduce(0) { $0 + $1.fileCount }
    self.components = components.sorted { ($0.bytes, $1.name ?? "") > ($1.bytes, $0.name ?? "") }
    if !components.isEmpty { weightBytes = components.reduce(0) { $0 &+ $1.bytes } }
    formats = FormatSummary.sum(components.map(\.formats))
    dominantFormat = formats.max { $0.parameters < $1.parameters }?.format
    cacheLayers = []
    quantization = parts.sorted { $0.role == .denoiser && $1.role != .denoiser }.lazy.compactMap(\.scheme).first
    let card = folder.has("README.md") ? ModelCard(path: folder.path(of: "README.md")) : nil
    license = card?.license
    addNotes(parts, makesSound: makesSound)
  }

  private mutating func addNotes(_ parts: [DiffusersPart], makesSound: Bool) {
    if makesSound { notes.append("This pipeline makes sound, not images.") }
    for part in parts {
      guard let pickle = part.pickle else { continue }
      notes.append(
        "The weights of \(part.entry.name) are PyTorch checkpoints (\(pickle)), which are not read, because loading one "
          + "runs code. They are not in the sums.")
    }
    let others = parts.flatMap { part in part.others.map { part.entry.name + "/" + $0 } }
    if !others.isEmpty {
      let more = others.count > 4 ? " and \(others.count - 4) more" : ""
      notes.append(
        "Other variants of the weights lie beside those that are counted: "
          + others.prefix(4).joined(separator: ", ") + more + ".")
    }
    if Set(parts.compactMap(\.format)).count > 1 { notes.append("The parts are of different file formats.") }
    if parts.contains(where: { !["diffusers", "transformers"].contains($0.entry.library) && $0.component != nil }) {
      notes.append("Some parts need code that the model brings, or of another library.")
    }
  }

  /// What a pipeline takes in, by the words in the name of its class.
  private static func inputs(_ name: String, _ parts: [DiffusersPart]) -> [Modality] {
    let words = ["Img2Img", "ImageToVideo", "Inpaint", "ControlNet", "Edit", "Fill", "Kontext", "Upscale", "Pix2Pix"]
    let isGuided = words.contains { name.contains($0) }
    return (parts.contains { $0.role == .textEncoder } ? [.text] : []) + (isGuided ? [.image] : [])
  }

  /// By the beginning of the class; the longest that fits.
  private static func family(ofPipeline name: String) -> String? {
    let families = [
      "AuraFlow": "AuraFlow", "Chroma": "Chroma", "CogVideoX": "CogVideoX", "Flux": "FLUX.1", "Flux2": "FLUX.2",
      "HunyuanDiT": "Hunyuan-DiT", "HunyuanVideo": "HunyuanVideo", "Kandinsky": "Kandinsky",
      "LTX": "LTX-Video", "LTX2": "LTX-2", "LatentConsistencyModel": "Latent Consistency Model", "Lumina": "Lumina",
      "Mochi": "Mochi", "PixArt": "PixArt", "QwenImage": "Qwen-Image", "Sana": "Sana",
      "StableDiffusion": "Stable Diffusion", "StableDiffusion3": "Stable Diffusion 3",
      "StableDiffusionXL": "Stable Diffusion XL", "Wan": "Wan", "ZImage": "Z-Image",
    ]
    return families.filter { name.hasPrefix($0.key) }.max { $0.key.utf8.count < $1.key.utf8.count }?.value
  }
}
