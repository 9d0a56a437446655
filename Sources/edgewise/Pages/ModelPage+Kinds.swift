import JSON

extension ModelPage {
  /// Such as `safetensors, a Hugging Face folder`.
  static func format(_ model: JSON?) -> String? {
    guard let format = model?["fileFormat"]?.string else { return nil }
    let storage: String? =
      switch model?["storage"]?.string {
      case "folder":
        switch model?["layout"]?.string {
        case "mlx": "an MLX folder"
        case "huggingFace": "a Hugging Face folder"
        case "diffusers": "a Diffusers folder"
        default: "a folder"
        }
      case "parts": "split"
      case "ollama": "in the local Ollama"
      default: nil
      }
    return [format, storage].compactMap { $0 }.joined(separator: ", ")
  }

  /// Such as `gptq: int4, groups of 128`.
  static func quantization(_ scheme: JSON?) -> String? {
    guard let method = scheme?["method"]?.string else { return nil }
    var parts = scheme?["algorithms"]?.array?.compactMap(\.string) ?? []
    if let type = scheme?["weightType"]?.string, !parts.contains(type.uppercased()) { parts.append(type) }
    if let group = scheme?["groupSize"]?.integer { parts.append("groups of \(group)") }
    if let bits = scheme?["activationBits"]?.integer { parts.append("activations in \(bits) bits") }
    if let type = scheme?["cacheType"]?.string { parts.append("scales for a KV cache in \(type)") }
    if let count = scheme?["overrideCount"]?.integer, count > 0 { parts.append("\(count) modules of their own") }
    return parts.isEmpty ? method : "\(method): \(parts.joined(separator: ", "))"
  }

  /// What the model takes in, when that is more than text.
  static func takesIn(_ model: JSON?) -> String? {
    let modalities = model?["modalities"]?.array?.compactMap(\.string) ?? []
    return modalities.isEmpty || modalities == ["text"] ? nil : modalities.joined(separator: ", ")
  }

  /// Such as `lora of rank 16, alpha 32, on q_proj and v_proj of acme/base`.
  static func adapter(_ adapter: JSON?) -> String? {
    guard let type = adapter?["type"]?.string else { return nil }
    var text = type
    if let rank = adapter?["rank"]?.integer { text += " of rank \(rank)" }
    if let alpha = adapter?["alpha"]?.double { text += ", alpha \(Digits.significant(alpha))" }
    let targets = adapter?["targets"]?.array?.compactMap(\.string) ?? []
    if !targets.isEmpty { text += ", on \(targets.prefix(8).joined(separator: ", "))" }
    if let base = adapter?["baseModel"]?.string { text += ", of \(base)" }
    return text
  }

  /// Such as `, and 1 that every token uses`.
  static func shared(_ shape: JSON?) -> String {
    guard let count = shape?["expertSharedCount"]?.integer, count > 0 else { return "" }
    return ", and \(count) that every token uses"
  }

  static func components(_ model: JSON?, on page: inout Page) {
    let components = model?["components"]?.array ?? []
    guard !components.isEmpty else { return }
    page.heading("Parts")
    page.bars(
      Bars(
        rows: components.map { part in
          let count = part["parameterCount"]?.double.map { ", \(Self.count($0)) parameters" } ?? ""
          let bytes = part["bytes"]?.double ?? 0
          let formats = (part["formats"]?.array ?? []).compactMap { $0["format"]?.string }
          let names = formats.isEmpty ? "" : " in " + formats.prefix(3).joined(separator: ", ")
          let role = words(part["role"]?.string ?? "")
          let label = part["name"]?.string.map { $0.replacing("_", with: " ") == role ? role : "\($0), \(role)" }
          return Bars.Row(label: label ?? role, value: bytes, text: Unit.bytes.text(bytes) + names + count)
        }))
  }

  static func frameworks(_ reply: JSON, on page: inout Page) {
    let list = reply["frameworks"]?.array ?? []
    guard !list.isEmpty else { return }
    page.heading("Which frameworks load it")
    var table = Table([.words("Framework"), .words("Loads it"), .words("Why")])
    for entry in list {
      let verdict = entry["verdict"]?.string ?? ""
      table.rows.append([
        Cell(entry["framework"]?.string ?? ""),
        Cell(words(verdict), verdict == "asIs" ? .good : verdict == "afterConversion" ? .warning : .dim),
        Cell(Sentence.text(entry["because"]?.string ?? "")),
      ])
    }
    page.table(table)
    let commands = list.filter { $0["verdict"]?.string == "asIs" || $0["verdict"]?.string == "afterConversion" }
    for entry in commands.prefix(3) {
      for line in entry["commands"]?.array?.compactMap(\.string) ?? [] { page.paragraph(line, indent: 2, .dim) }
    }
  }
}
