import ModelFiles

extension Harness {
  /// One safetensors file, to its description and tensors.
  static let safetensors = Harness(name: "safetensors") { bytes in
    guard let file = try? SafetensorsFile.parse(bytes) else { return }
    let sum = file.tensors.reduce(0) { $0 + $1.byteCount }
    precondition(file.tensors.allSatisfy { $0.byteOffset >= 8 } && sum <= bytes.count)
    guard let model = try? SafetensorsReader.read(.file(file.file)) else { return }
    precondition(model.description.weightBytes == sum)
    _ = model.tensors()
  }

  /// The index of a sharded model: no name that it gives may lead out of its folder.
  static let index = Harness(name: "index") { bytes in
    for name in (try? SafetensorsReader.files(index: bytes)) ?? [] {
      precondition(!name.hasPrefix("/") && !name.split(separator: "/").contains(".."))
    }
  }
}
