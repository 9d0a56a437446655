import JSON

/// One row of `benchmark/kernels` as people and programs read it.
struct KernelRow: Sendable {
  let json: JSON

  /// The rows of a reply, in its order.
  static func all(_ reply: JSON) -> [KernelRow] { (reply["rows"]?.array ?? []).map(KernelRow.init) }

  init(_ json: JSON) { self.json = json }

  var family: String { json["family"]?.string ?? "" }
  var tier: String { json["tier"]?.string ?? "" }
  var isCached: Bool { json["residence"]?.string == "cache" }
  var fraction: Double { json["ceilingFraction"]?.double ?? 0 }

  /// The family's name in a sentence.
  var familyName: String {
    switch family {
    case "product": "Products"
    case "activationQuantization": "Activations to int8"
    case "rmsNorm": "RMSNorm"
    case "rope": "RoPE"
    case "softmax": "Softmax"
    case "attention": "Attention"
    case "silu": "SiLU gate"
    default: ModelPage.words(family)
    }
  }

  /// Such as `2048 x 8192`, or `4 x 64 @ d1024`.
  var shape: String {
    let shape = json["shape"]
    let sizes = ["rows", "heads", "columns", "headSize"].compactMap { shape?[$0]?.integer }.map { "\($0)" }
    let depth = shape?["depthTokens"]?.integer.map { " @ d\($0)" } ?? ""
    return sizes.joined(separator: " x ") + depth
  }

  /// What holds the kernel back, in a word or two.
  var ceiling: String {
    switch json["ceiling"]?.string {
    case "memoryBandwidth": "memory"
    case "cacheBandwidth": "cache"
    case "float32": "f32"
    case let name: name ?? ""
    }
  }

  /// Billions a second of the quantity under `key`.
  func billions(_ key: String) -> String {
    (json[key]?["value"]?.double).map { Digits.significant($0 / 1e9) } ?? ""
  }

  /// Names and values for programs: the quantities with their intervals.
  var fields: [(String, JSON)] {
    let shape = json["shape"]
    func quantity(_ key: String, _ name: String) -> [(String, JSON)] {
      let quantity = json[key]
      return [
        (name, quantity?["value"] ?? .null), ("\(name)_low", quantity?["low"] ?? .null),
        ("\(name)_high", quantity?["high"] ?? .null),
      ]
    }
    return [
      ("family", json["family"] ?? .null), ("format", json["format"] ?? .null), ("tier", json["tier"] ?? .null),
      ("native", json["isNativeKernel"] ?? .null), ("rows", shape?["rows"] ?? .null),
      ("columns", shape?["columns"] ?? .null), ("heads", shape?["heads"] ?? .null),
      ("head_size", shape?["headSize"] ?? .null), ("depth_tokens", shape?["depthTokens"] ?? .null),
      ("tokens", json["tokens"] ?? .null), ("threads", json["threads"] ?? .null),
      ("residence", json["residence"] ?? .null),
    ] + quantity("bytesPerSecond", "bytes_per_second") + quantity("operationsPerSecond", "operations_per_second") + [
      ("samples", json["operationsPerSecond"]?["samples"] ?? .null),
      ("operations_per_byte", json["operationsPerByte"]?["value"] ?? .null), ("ceiling", json["ceiling"] ?? .null),
      ("ceiling_fraction", json["ceilingFraction"] ?? .null),
    ]
  }

  /// The table in markdown.
  static func markdown(_ reply: JSON) -> String {
    let rows = all(reply).map { row in
      [
        row.familyName, row.json["format"]?.string ?? "", row.tier, row.shape, row.isCached ? "cache" : "memory",
        row.json["tokens"]?.description ?? "", row.json["threads"]?.description ?? "", row.billions("bytesPerSecond"),
        row.billions("operationsPerSecond"),
        row.json["operationsPerByte"]?["value"]?.double.map { Digits.significant($0) } ?? "",
        Unit.fraction.text(row.fraction), row.ceiling,
      ]
    }
    return ProgramTable.markdown(
      [
        "kernel", "format", "tier", "shape", "from", "tokens", "threads", "GB/s", "GOP/s", "OP/B", "share", "ceiling",
      ], rows, words: [0, 1, 2, 3, 4, 11])
  }
}
