/// The file format of a model, named as the fact files name the formats that frameworks read.
package enum FileFormat: String, Sendable, Codable, CaseIterable {
  case gguf
  case safetensors
  /// Safetensors as MLX writes them: its packed weights, described by `quantization` in `config.json`.
  case mlx
  case onnx
  /// OpenVINO IR, an XML file and its weights.
  case openvino
}
