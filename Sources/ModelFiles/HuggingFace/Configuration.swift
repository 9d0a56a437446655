import JSON

/// A JSON file that describes a model, such as `config.json`, with every look at it checked.
///
/// A field that is absent or null is nil; one of the wrong type or out of range is an error that names it.
struct Configuration {
  /// Longer than any configuration is.
  static let longest = 8 << 20
  static let limits = JSON.Limits(bytes: longest, depth: 64, values: 200_000)
  /// Beyond this no count of a model goes; sums and products of a few stay within 63 bits.
  static let mostOf = 1 << 31

  let path: String?
  /// Where the object stands in the file, such as `text_config.`; empty for the file itself.
  let prefix: String
  let object: JSON

  static func open(path: String) throws(ModelFileError) -> Configuration {
    try parse(try MappedFile.open(path: path))
  }

  static func parse(_ file: MappedFile) throws(ModelFileError) -> Configuration {
    let json: JSON
    do throws(JSON.ParseError) {
      json = try JSON.parse(file.bytes, limits: limits)
    } catch {
      throw ModelFileError(
        .malformed,
        "The configuration cannot be read: \(error.message) (line \(error.line), column \(error.column)). Expected one "
          + "JSON object. Download it again.", path: file.path, byteOffset: error.offset)
    }
    guard json.object != nil else {
      throw ModelFileError(
        .malformed, "The configuration must be a JSON object, not \(shown(json)). Download it again.", path: file.path,
        byteOffset: 0)
    }
    return Configuration(path: file.path, prefix: "", object: json)
  }

  private init(path: String?, prefix: String, object: JSON) {
    self.path = path
    self.prefix = prefix
    self.object = object
  }

  /// The object under `key` with its own path; nil when it is absent or no object.
  func nested(_ key: String) -> Configuration? {
    guard let value = object[key], value.object != nil else { return nil }
    return Configuration(path: path, prefix: prefix + key + ".", object: value)
  }

  /// The value under `key`; nil when it is absent or null.
  func value(_ key: String) -> JSON? {
    guard let value = object[key], value != .null else { return nil }
    return value
  }

  func has(_ key: String) -> Bool { value(key) != nil }

  /// The text under the first of `keys` that is there, shortened; nil when it is something else.
  func text(_ keys: String...) -> String? {
    for key in keys { if let text = value(key)?.string { return String(text.prefix(200)) } }
    return nil
  }

  func flag(_ keys: String...) -> Bool? {
    for key in keys { if let flag = value(key)?.bool { return flag } }
    return nil
  }

  /// The finite number under the first of `keys` that is there; nil when it is something else.
  func number(_ keys: String...) -> Double? {
    for key in keys { if let number = value(key)?.double, number.isFinite { return number } }
    return nil
  }

  /// The texts of an array, or the one text; empty when it is something else.
  func texts(_ key: String) -> [String] {
    if let text = value(key)?.string { return [String(text.prefix(200))] }
    return (value(key)?.array ?? []).prefix(LayerPlan.mostLayers).compactMap {
      $0.string.map { String($0.prefix(200)) }
    }
  }

  /// The count under the first of `keys` that is there.
  func count(_ keys: String...) throws(ModelFileError) -> Int? {
    for key in keys {
      guard let value = value(key) else { continue }
      return try whole(value, key)
    }
    return nil
  }

  /// One count for all layers, or one for each, under the first of `keys` that is there.
  func counts(_ keys: String...) throws(ModelFileError) -> ArchitectureKeys.Value? {
    for key in keys {
      guard let value = value(key) else { continue }
      guard let list = value.array else { return .integer(try whole(value, key)) }
      guard list.count <= LayerPlan.mostLayers else {
        throw ModelFileError(
          .malformed,
          "'\(prefix)\(key)' has \(list.count) elements; a model has at most \(LayerPlan.mostLayers) layers. "
            + "Download the file again.", path: path)
      }
      var numbers: [Int] = []
      for element in list { numbers.append(element == .null ? 0 : try whole(element, key)) }
      return .list(numbers)
    }
    return nil
  }

  private func whole(_ value: JSON, _ key: String) throws(ModelFileError) -> Int {
    let exact = value.integer ?? value.double.flatMap { Int(exactly: $0) }
    guard let exact, (0...Self.mostOf).contains(exact) else {
      throw ModelFileError(
        .malformed,
        "'\(prefix)\(key)' must be a whole number from 0 to \(Self.mostOf), not \(Self.shown(value)). Download the file "
          + "again, or correct it.", path: path)
    }
    return exact
  }

  static func shown(_ value: JSON) -> String {
    switch value {
    case .string(let text): "the text \"\(text.prefix(40))\""
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    case .array: "an array"
    case .object: "an object"
    case .null: "null"
    }
  }
}
