import ModelFiles
import Quantization
import TensorFormats
import TestSupport
import Testing

/// The trained model with heads of 32 values, as block formats of the cache need them, that computes the same: every head has 16
/// zeros more, and queries are larger by what the scores are divided by.
enum WideHeads {
  static let headSize = 32
  private static let narrow = 16

  static func file() throws -> GGUFFile {
    let file = try GGUFFile.open(path: HeldOutTextTests.path)
    var writer = GGUFWriter()
    for entry in file.metadata.entries {
      switch entry.value {
      case .string(let text): writer.metadata.append((entry.key, .string(text)))
      case .unsigned(let number): writer.metadata.append((entry.key, .uint32(UInt32(number))))
      case .floating(let number): writer.metadata.append((entry.key, .float32(Float(number))))
      default: break
      }
    }
    for key in ["key_length", "value_length"] {
      writer.metadata.append(("llama.attention." + key, .uint32(UInt32(headSize))))
    }
    for tensor in file.tensors {
      let bytes = Array(file.bytes(of: tensor))
      let values = try #require(Codecs.dequantize(bytes, format: tensor.format)).map { Float($0) }
      var wide = values
      var shape = tensor.shape
      if ["attn_q.", "attn_k.", "attn_v."].contains(where: tensor.name.contains) {
        wide = rows(values, columns: tensor.columns, scale: tensor.name.contains("attn_q.") ? Float(2).squareRoot() : 1)
        shape[1] *= 2
      } else if tensor.name.contains("attn_output.") {
        wide = columns(values)
        shape[0] *= 2
      }
      let coded = try #require(Codecs.quantize(wide, format: .f32))
      writer.tensors.append(.init(tensor.name, shape.map(UInt64.init), format: TensorFormat.f32.id, bytes: coded))
    }
    return try GGUFFile.parse(writer.bytes())
  }

  /// Adds as many rows of zeros after the rows of each head.
  private static func rows(_ values: [Float], columns: Int, scale: Float) -> [Float] {
    var wide: [Float] = []
    for begin in stride(from: 0, to: values.count, by: narrow * columns) {
      wide += values[begin..<begin + narrow * columns].map { $0 * scale }
      wide += [Float](repeating: 0, count: (headSize - narrow) * columns)
    }
    return wide
  }

  /// Adds as many zeros after the columns of each head.
  private static func columns(_ values: [Float]) -> [Float] {
    var wide: [Float] = []
    for begin in stride(from: 0, to: values.count, by: narrow) {
      wide += values[begin..<begin + narrow] + [Float](repeating: 0, count: headSize - narrow)
    }
    return wide
  }
}
