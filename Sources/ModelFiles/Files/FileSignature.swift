/// Recognizes, by their first bytes, the files that people mistake for GGUF models.
enum FileSignature {
  /// A recognized format and what to do with a file of it.
  struct Match {
    var name: String
    var advice: String
  }

  /// The error for a file that no reader recognizes, naming its format if it is known.
  static func refusal(of file: MappedFile, expecting titles: [String]) -> ModelFileError {
    let expected = "Expected \(titles.dropLast().joined(separator: ", ")) or \(titles.last ?? "a model")."
    let name = file.path?.split(separator: "/").last.map(String.init)
    if name == "config.json" || name == "adapter_config.json" {
      return ModelFileError(
        .notAModel, "This is the configuration of a model. Name the folder that it lies in.", path: file.path,
        byteOffset: 0)
    }
    guard let match = match(file.bytes) else {
      let start = file.bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
      return ModelFileError(
        .notAModel, "This is no model file that is known: it starts with the bytes \(start). \(expected)",
        path: file.path, byteOffset: 0)
    }
    return ModelFileError(
      .notAModel, "This is \(match.name). \(match.advice) \(expected)", path: file.path, byteOffset: 0)
  }

  private static let convert =
    "Convert the model with llama.cpp's convert_hf_to_gguf.py, or download a GGUF version of it."

  /// The error for a file that does not start with `GGUF`, naming its format if it is recognized.
  static func refusal(of file: MappedFile) -> ModelFileError {
    guard let match = match(file.bytes) else {
      let start = file.bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
      return ModelFileError(
        .notAModel,
        "This is not a GGUF file: it starts with the bytes \(start), not 'GGUF', and the format is not "
          + "recognized. Name a .gguf file.", path: file.path, byteOffset: 0)
    }
    return ModelFileError(
      .notAModel, "This is \(match.name), not a GGUF file. \(match.advice)", path: file.path, byteOffset: 0)
  }

  static func match(_ bytes: UnsafeRawBufferPointer) -> Match? {
    func starts(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    func starts(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    if starts([0x50, 0x4b, 0x03, 0x04]) {
      return contains("data.pkl", in: bytes.prefix(4096))
        ? Match(name: "a PyTorch checkpoint", advice: convert)
        : Match(name: "a zip archive", advice: "Unpack it and name the .gguf file inside.")
    }
    if starts("version https://git-lfs") {
      return Match(name: "a Git LFS pointer", advice: "Fetch the model itself with 'git lfs pull'.")
    }
    if starts([0x80, 0x02]) || starts([0x80, 0x03]) || starts([0x80, 0x04]) || starts([0x80, 0x05]) {
      return Match(name: "a Python pickle, as old PyTorch checkpoints are", advice: convert)
    }
    if starts("TFL3", at: 4) {
      return Match(name: "a LiteRT (TensorFlow Lite) model", advice: "Download a GGUF version of the model.")
    }
    for (magic, name) in [("lmgg", "GGML"), ("fmgg", "GGMF"), ("tjgg", "GGJT"), ("algg", "GGLA")] where starts(magic) {
      return Match(name: "a \(name) file, the forerunner of GGUF", advice: "Convert the original model again.")
    }
    if starts([0x89, 0x48, 0x44, 0x46]) { return Match(name: "an HDF5 (Keras) file", advice: convert) }
    if starts([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) { return Match(name: "a NumPy array file", advice: convert) }
    if starts([0x1f, 0x8b]) {
      return Match(name: "a gzip archive", advice: "Unpack it and name the .gguf file inside.")
    }
    if isSafetensors(bytes) { return Match(name: "a safetensors file", advice: convert) }
    if isONNX(bytes) {
      return Match(name: "an ONNX model", advice: "Download a GGUF version of the model, or its original weights.")
    }
    return text(bytes)
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> Match? {
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
    let start = bytes.prefix(1024).drop { spaces.contains($0) }
    guard let first = start.first else { return nil }
    if start.starts(with: "<!DOCTYPE html".utf8) || start.starts(with: "<html".utf8) {
      return Match(name: "an HTML page, probably the error page of a failed download", advice: "Download it again.")
    }
    if start.starts(with: "<?xml".utf8) || start.starts(with: "<net ".utf8) {
      return Match(
        name: contains("<net", in: bytes.prefix(4096)) ? "an OpenVINO model" : "an XML file",
        advice: "Download a GGUF version of the model.")
    }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      return Match(name: "a JSON file", advice: "Name the .gguf file of the model.")
    }
    return nil
  }

  /// A 64-bit header length that fits the file, then a JSON object.
  private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    return length >= 2 && length <= UInt64(bytes.count - 8)
  }

  /// The protocol buffer fields that every exporter writes first: the IR version, then the producer's name or the graph.
  private static func isONNX(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 4 && bytes[0] == 0x08 && (1...20).contains(bytes[1]) && (bytes[2] == 0x12 || bytes[2] == 0x3a)
  }

  private static func contains(_ text: String, in bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    let text = Array(text.utf8)
    guard bytes.count >= text.count else { return false }
    return (bytes.startIndex...bytes.endIndex - text.count).contains { bytes[$0...].starts(with: text) }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16)
  }
}
