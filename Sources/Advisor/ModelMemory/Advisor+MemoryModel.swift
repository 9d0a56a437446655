package import Blueprints
import Evidence
package import Knowledge
import ModelFiles

extension Advisor {
  /// Reads what the memory of a model depends on: a file by its own tensors, or a name of the catalogue by those that its file
  /// would have in `format` (`Q4_K_M` when nil).
  ///
  /// For a file, `format` computes what its tensors would take in another file type.
  package func memoryModel(_ reference: String, format: String? = nil) throws(Refusal) -> MemoryModel {
    let other = format.flatMap { FileTypeRecipe(name: $0) == nil && $0.contains("/") ? $0 : nil }
    let location = try locate(model: reference)
    switch location {
    case .catalogue(let model):
      let recipe = try recipe(other == nil ? format ?? SynthesisRequest.defaultFormat : SynthesisRequest.defaultFormat)
      let known = try memoryModel(model, recipe)
      return try other.map { name throws(Refusal) in try known.with(format: name, self) } ?? known
    case .file, .ollama:
      let contents = try contents(of: location)
      let own =
        contents.gguf.map { MemoryModel(header: $0, weights: Self.weights(of: $0)) }
        ?? MemoryModel(description: contents.description, weights: Self.weights(of: contents.description))
      if let other { return try own.with(format: other, self) }
      guard let format else { return own }
      let recipe = try recipe(format)
      guard let file = contents.gguf else { return try own.with(format: "llama.cpp/" + recipe.rawValue, self) }
      do throws(ModelFileError) {
        return MemoryModel(header: file, weights: Self.weights(try Blueprint(file).layout(recipe), recipe))
      } catch {
        throw Refusal(error)
      }
    }
  }

  /// The memory of a catalogue model in a file type; from its description alone when its tensors are not known.
  package func memoryModel(_ model: CatalogueModel, _ recipe: FileTypeRecipe) throws(Refusal) -> MemoryModel {
    guard let blueprint = try? blueprint(model) else {
      let description = ModelDescription(model)
      let bytes = try weights(of: description, format: "llama.cpp/" + recipe.rawValue)
      return MemoryModel(
        description: description, weights: bytes.map { WeightBytes(bytes: $0, formula: "parameters x bits per weight") }
      )
    }
    do throws(ModelFileError) {
      let layout = try blueprint.layout(recipe)
      let header = try GGUFFile.parse(header: layout.header())
      return MemoryModel(header: header, weights: Self.weights(layout, recipe))
    } catch {
      throw Refusal(error)
    }
  }

  private func recipe(_ name: String) throws(Refusal) -> FileTypeRecipe {
    guard let recipe = FileTypeRecipe(name: name) else {
      throw Refusal(
        .invalidRequest,
        "There is no file type '\(name)'. Expected one of: "
          + FileTypeRecipe.allCases.map(\.rawValue).joined(separator: ", ") + ".", details: ["format": name])
    }
    return recipe
  }

  private static func weights(_ layout: GGUFLayout, _ recipe: FileTypeRecipe) -> WeightBytes {
    WeightBytes(
      bytes: Quantity(
        Double(layout.weightBytes), evidence: .computed,
        source: "each tensor in the format that llama.cpp's quantizer chooses for \(recipe.rawValue)"),
      formula: "the bytes of \(layout.tensors.count) tensors in \(recipe.rawValue)")
  }

  private static func weights(of model: ModelDescription) -> WeightBytes? {
    model.weightBytes.map { bytes in
      WeightBytes(
        bytes: Quantity(Double(bytes), evidence: .computed, source: "the bytes of all tensors of the model, counted"),
        formula: "the bytes of all tensors")
    }
  }

  private static func weights(of file: GGUFFile) -> WeightBytes {
    let bytes = file.tensors.reduce(0.0) { $0 + Double($1.byteCount) }
    return WeightBytes(
      bytes: Quantity(bytes, evidence: .computed, source: "the bytes of all tensors of the file, counted"),
      formula: "the bytes of \(file.tensors.count) tensors")
  }
}

extension MemoryModel {
  /// This model with weights in a format of the catalogue, `framework/name`.
  fileprivate func with(format: String, _ advisor: Advisor) throws(Refusal) -> MemoryModel {
    let bytes = try advisor.weights(of: description, format: format)
    return with(
      weights: bytes.map {
        WeightBytes(bytes: $0, formula: "parameters x bits per weight, embeddings and output apart")
      })
  }
}
