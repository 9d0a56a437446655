import Blueprints
import Evidence
import Knowledge
package import ModelFiles
import TensorFormats

extension Advisor {
  /// Reads what the memory of a model depends on: a file by its own tensors, or a name of the catalogue by those that its file
  /// would have in `format` (`Q4_K_M` when nil).
  ///
  /// For a file, `format` computes what its tensors would take in another format.
  package func memoryModel(_ reference: String, format: String? = nil) throws(Refusal) -> MemoryModel {
    let location = try locate(model: reference)
    let own: MemoryModel
    if case .catalogue(let model) = location {
      own = try memoryModel(model)
    } else {
      own = MemoryModel(try contents(of: location))
    }
    return try format.map { name throws(Refusal) in try own.with(format: name) } ?? own
  }

  /// The memory of a catalogue model in the default file type; from its description alone when its tensors are not known.
  func memoryModel(_ model: CatalogueModel) throws(Refusal) -> MemoryModel {
    guard let blueprint = try? blueprint(model) else {
      let plain = MemoryModel(description: ModelDescription(model), weights: nil)
      return plain.with(weights: plain.weights(in: Self.defaultFileType))
    }
    do throws(ModelFileError) {
      let header = try GGUFFile.parse(header: blueprint.layout(Self.defaultFileType).header())
      let plain = MemoryModel(header: header, tensors: FileTypeSizes(blueprint), weights: nil)
      return plain.with(weights: plain.weights(in: Self.defaultFileType))
    } catch {
      throw Refusal(error)
    }
  }

  /// The file type of a model without a file, unless another is asked for.
  private static let defaultFileType = FileTypeRecipe.q4_k_m
}

extension MemoryModel {
  /// The memory of a model by its files.
  package init(_ contents: ModelContents) {
    guard let file = contents.gguf else {
      let bytes = contents.description.weightBytes.map { bytes in
        WeightBytes(
          bytes: Quantity(Double(bytes), evidence: .computed, source: "the bytes of all tensors of the model, counted"),
          formula: "the bytes of all tensors")
      }
      if let (blueprint, header) = Self.converted(contents) {
        self.init(
          header: header, description: contents.description, tensors: FileTypeSizes(blueprint), weights: bytes)
      } else {
        self.init(description: contents.description, weights: bytes)
      }
      return
    }
    let bytes = file.tensors.reduce(0.0) { $0 + Double($1.byteCount) }
    self.init(
      header: file, tensors: FileTypeSizes(Blueprint(tensorsOf: file)),
      weights: WeightBytes(
        bytes: Quantity(bytes, evidence: .computed, source: "the bytes of all tensors of the file, counted"),
        formula: "the bytes of \(file.tensors.count) tensors"))
  }

  /// The tensors and the head of the file that llama.cpp's converter would make of a folder; nil when the configuration does not
  /// determine them, or there is none.
  static func converted(_ contents: ModelContents) -> (blueprint: Blueprint, header: GGUFFile)? {
    guard let config = contents.configuration,
      let shape = try? ModelShape(config: config, name: contents.description.name),
      shape.architecture == contents.description.architecture, let blueprint = try? Blueprint(shape),
      let header = try? GGUFFile.parse(header: blueprint.layout(FileTypeRecipe.f16).header())
    else { return nil }
    return (blueprint, header)
  }

  /// This model with weights in a format, `framework/name` or a file type of llama.cpp.
  ///
  /// Weights of which the model does not tell enough are not known afterwards; a name that no framework has is refused.
  package func with(format name: String) throws(Refusal) -> MemoryModel {
    if let type = FileTypeRecipe(name: name) { return with(weights: weights(in: type)) }
    let records = QuantizationRecord.catalogue
    guard let record = records.record(name) ?? records.record("llama.cpp/" + name) else {
      let nearest = records.suggestions(for: name.contains("/") ? name : "llama.cpp/" + name)
      throw Refusal(
        .invalidRequest,
        "There is no weight format '\(name)'. Expected 'framework/name' or a file type of llama.cpp, such as "
          + "\((nearest.isEmpty ? [ModelInspection.defaultWeightFormat] : nearest).joined(separator: ", ")).",
        details: ["format": name, "nearest": nearest.joined(separator: ", ")])
    }
    return with(weights: weights(in: record))
  }
}
