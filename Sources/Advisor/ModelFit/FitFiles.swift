import Evidence
import Inference
import Knowledge
import ModelFiles

/// What the files of a model mean for a table of what fits: its engine, its formats, and what has to be done to them first.
struct FitFiles {
  let engine: SpeedEngine
  private let model: ModelDescription

  init(_ model: ModelDescription, engine: SpeedEngine?) {
    self.model = model
    self.engine = engine ?? Self.engine(model)
  }

  /// The engine that runs files of the model's format.
  private static func engine(_ model: ModelDescription) -> SpeedEngine {
    switch model.fileFormat {
    case .mlx: .mlx
    case .openvino: .openvino
    case .onnx: .onnxRuntime
    case .gguf, .safetensors, nil: .llamaCpp
    }
  }

  /// The formats to show unless some are asked for; nil for the files' own.
  var formats: [String?] {
    let common = FitQuestion.defaultFormats.map(Optional.some)
    guard model.origin == .file, let own = model.dominantFormat else { return common }
    // Quantized weights are not made into others; a GGUF file is what somebody chose to have.
    guard model.fileFormat != .gguf, Self.plainFormats.contains(own), engine == .llamaCpp || engine == .edgewise else {
      return [nil]
    }
    return [nil] + (own == "F32" ? common : common.filter { $0 != "F16" })
  }

  private static let plainFormats: Set<String> = ["F32", "F16", "BF16"]

  /// What the engine does with the files; empty when it runs them as they are.
  func assumptions(_ shown: [String]) -> [Assumption] {
    guard model.origin == .file else { return [] }
    if engine == .edgewise {
      guard model.fileFormat != .gguf else { return [] }
      return [
        Assumption(
          what: "The files are converted to GGUF first, which Edgewise runs alone.",
          effect: "Rows tell of the converted file; llama.cpp's converter and llama-quantize make it.")
      ]
    }
    guard let framework = engine.framework,
      let loading = LoadingJudge.all(model).first(where: { $0.framework == framework })
    else { return [] }
    let commands = loading.commands.isEmpty ? "" : " \(loading.commands.joined(separator: "; "))"
    switch loading.verdict {
    case .asIs: return []
    case .afterConversion:
      return [
        Assumption(
          what: "The files are converted for \(engine.rawValue) first: \(loading.because)",
          effect: "Rows tell of the converted files.\(commands)")
      ]
    case .no, .unknown:
      return [
        Assumption(
          what: "\(engine.rawValue) runs weights like these: \(loading.because)",
          effect: "Rows tell of a model of this shape and size; ask for another engine, or see model/inspect.")
      ]
    }
  }
}

extension SpeedEngine {
  /// The framework whose facts tell what the engine loads; nil for our own.
  var framework: Framework? {
    switch self {
    case .edgewise: nil
    case .llamaCpp: .llamaCpp
    case .openvino: .openvino
    case .mlx: .mlx
    case .onnxRuntime: .olive
    }
  }
}

extension ModelDescription {
  /// The record of the format that the weights were quantized in; nil when the catalogue has none.
  var formatRecord: QuantizationRecord? {
    guard let scheme = quantization, let bits = scheme.bits else { return nil }
    let group = scheme.groupSize.map(String.init) ?? ""
    let id: String? =
      switch scheme.method {
      case "mlx": "mlx/\(bits)bit-g\(group)"
      case "MatMulNBits": "olive/int\(bits)-b\(group)"
      case "nncf" where bits == 8: "openvino/int8_\(scheme.isSymmetric == true ? "sym" : "asym")"
      case "nncf": "openvino/int\(bits)_\(scheme.isSymmetric == true ? "sym" : "asym")-g\(group)"
      default: nil
      }
    return id.flatMap { QuantizationRecord.catalogue.record($0) }
  }
}
