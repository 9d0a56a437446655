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
    let location = try locate(model: reference)
    switch location {
    case .catalogue(let model):
      let recipe = try recipe(format ?? SynthesisRequest.defaultFormat)
      return try memoryModel(model, recipe)
    case .file, .ollama:
      let contents = try contents(of: location)
      guard let file = contents.gguf else { return try memoryModel(contents.description, format: format) }
      do throws(ModelFileError) {
        guard let format else { return MemoryModel(header: file, weights: Self.weights(of: file)) }
        let recipe = try? recipe(format)
        guard let recipe else { throw ModelFileError(.unsupportedFormat, "There is no file type '\(format)'.") }
        return MemoryModel(header: file, weights: Self.weights(try Blueprint(file).layout(recipe), recipe))
      } catch {
        throw Refusal(error)
      }
    }
  }

  /// The memory of a model in files of another format than GGUF, from its description.
  private func memoryModel(_ model: ModelDescription, format: String?) throws(Refusal) -> MemoryModel {
    let bytes = try weights(of: model, format: format.map { "llama.cpp/" + $0 })
    let formula = format == nil ? "the bytes of the tensors" : "parameters x bits per weight"
    return MemoryModel(description: model, weights: bytes.map { WeightBytes(bytes: $0, formula: formula) })
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

  private static func weights(of file: GGUFFile) -> WeightBytes {
    let bytes = file.tensors.reduce(0.0) { $0 + Double($1.byteCount) }
    return WeightBytes(
      bytes: Quantity(bytes, evidence: .computed, source: "the bytes of all tensors of the file, counted"),
      formula: "the bytes of \(file.tensors.count) tensors")
  }
}
