import ModelFiles

extension Harness {
  /// A GGUF file of one part, to its description and every array and tensor.
  static let gguf = Harness(name: "gguf") { bytes in
    guard let file = try? GGUFFile.parse(bytes) else { return }
    _ = ModelDescription(file)
    for entry in file.metadata.entries { _ = entry.value.array?.strings() }
    for tensor in file.tensors { precondition(file.bytes(of: tensor).count == tensor.byteCount) }
  }
}
