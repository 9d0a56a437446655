import JSON

/// The manifest of a model in Ollama's store: which blobs it is made of.
struct OllamaManifest {
  /// One blob and what it is for.
  struct Layer {
    /// The last part of the media type, such as `model`, `projector`, `tensor` or `license`.
    var kind: String
    /// 64 hexadecimal digits.
    var digest: String
    var bytes: Int
    /// The tensor, or the file, that the blob holds; nil for kinds that need none.
    var name: String?
  }

  /// More than any model has; those that keep each tensor as a blob have thousands.
  static let mostLayers = 20_000
  private static let prefix = "application/vnd.ollama.image."

  var layers: [Layer]

  init(_ file: MappedFile) throws(ModelFileError) {
    let manifest = try Configuration.parse(file)
    guard let list = manifest.value("layers")?.array else {
      throw ModelFileError(
        .malformed, "The manifest lacks 'layers', the list of its blobs. Pull the model again.", path: file.path)
    }
    guard list.count <= Self.mostLayers else {
      throw ModelFileError(
        .malformed, "The manifest has \(list.count) layers; at most \(Self.mostLayers) are read.", path: file.path)
    }
    layers = []
    for (index, value) in list.enumerated() {
      guard let type = value["mediaType"]?.string, let digest = value["digest"]?.string else {
        throw ModelFileError(
          .malformed, "Layer \(index) of the manifest lacks 'mediaType' or 'digest'. Pull the model again.",
          path: file.path)
      }
      let digits = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : ""
      guard digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isHexadecimal) else {
        throw ModelFileError(
          .malformed,
          "The digest of layer \(index) is '\(digest.prefix(80))'; expected 'sha256:' and 64 hexadecimal digits. "
            + "Pull the model again.", path: file.path)
      }
      let kind = type.hasPrefix(Self.prefix) ? String(type.dropFirst(Self.prefix.count)) : type
      layers.append(
        Layer(kind: kind, digest: digits, bytes: max(0, value["size"]?.integer ?? 0), name: value["name"]?.string))
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
  }
}
