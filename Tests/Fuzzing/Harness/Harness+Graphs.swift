import ModelFiles

extension Harness {
  /// An ONNX file with its values inside, to its description and tensors.
  static let onnx = Harness(name: "onnx") { bytes in
    guard let model = try? ONNXReader.parse(bytes) else { return }
    precondition(model.description.fileFormat == .onnx)
    for tensor in model.tensors() { precondition(tensor.byteCount >= 0) }
    _ = model.settings()
  }

  /// The XML file of an OpenVINO model, its constants checked against weights of 64 KiB.
  static let openvino = Harness(name: "openvino") { bytes in
    guard let model = try? OpenVINOReader.parse(bytes, weightFileBytes: 65536) else { return }
    for tensor in model.tensors() { precondition((0...65536).contains(tensor.byteCount)) }
    _ = model.settings()
  }
}
