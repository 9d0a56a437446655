import Advisor
import Blueprints
import Evidence
import JSON
import Knowledge
import ModelFiles
import TensorFormats
import TestSupport
import Testing

/// What llama.cpp logged for models that Edgewise made up, from the checked-in table.
struct LoggedMemory {
  /// One model with all of its settings.
  struct Model: CustomTestStringConvertible, Sendable {
    let name: String
    /// The numbers of the shape for models that the catalogue does not have.
    let shape: String?
    let format: String
    let weightBytes: Double?
    let rows: [Row]

    var testDescription: String { name }
  }

  /// What was logged for one setting.
  struct Row: Sendable {
    let text: String
    let contextBytes: Double
    let computeBytes: Double
    let outputMebibytes: Double
  }

  static let models: [Model] = {
    guard let bytes = Repository.bytes("Tests/AdvisorTests/Fixtures/llama_cpp_memory.json"),
      let json = try? JSON.parse(bytes)
    else { return [] }
    return (json["models"]?.array ?? []).map { model in
      Model(
        name: model["model"]?.string ?? "", shape: model["shape"]?.string, format: model["format"]?.string ?? "",
        weightBytes: model["weightBytes"]?.double,
        rows: (model["rows"]?.array ?? []).compactMap { row in
          guard let fields = row.array, fields.count == 4 else { return nil }
          return Row(
            text: fields[0].string ?? "", contextBytes: fields[1].double ?? 0, computeBytes: fields[2].double ?? 0,
            outputMebibytes: fields[3].double ?? 0)
        })
    }
  }()
}

extension LoggedMemory.Model {
  /// The model as the catalogue, or the shape, gives it.
  func memoryModel() throws -> MemoryModel {
    guard let shape else { return try Advisor().memoryModel(name, format: format) }
    let members = shape.split(separator: ",").map { part in
      let sides = part.split(separator: "=", maxSplits: 1)
      let value = try? JSON.parse(String(sides[1]))
      return "\"\(sides[0])\": \(value == nil ? "\"\(sides[1])\"" : String(sides[1]))"
    }
    let options = try JSON.parse("{" + members.joined(separator: ", ") + "}")
    let recipe = try #require(FileTypeRecipe(name: format))
    let layout = try Blueprint(ModelShape(options: options)).layout(recipe)
    let header = try GGUFFile.parse(header: layout.header())
    return MemoryModel(
      header: header,
      weights: WeightBytes(
        bytes: .init(Double(layout.weightBytes), evidence: .computed, source: "the layout"), formula: "the layout"))
  }
}

extension LoggedMemory.Row {
  /// The settings of the row.
  var settings: MemorySettings {
    let fields = text.split(separator: " ").map(String.init)
    var settings = MemorySettings(contextTokens: Int(fields[0]) ?? 0)
    settings.microBatchTokens = Int(fields[1]) ?? 0
    settings.batchTokens = Int(fields[2]) ?? 0
    settings.sequences = Int(fields[3]) ?? 0
    settings.isUnified = fields[4] == "1"
    settings.keyFormat = KVCacheFormat(rawValue: fields[5]) ?? .f16
    settings.valueFormat = KVCacheFormat(rawValue: fields[6]) ?? .f16
    settings.usesFlashAttention = fields[7] != "0"
    settings.keepsFullWindow = fields[8] == "1"
    settings.outputTokens = fields[9] == "0" ? nil : Int(fields[9])
    return settings
  }
}
