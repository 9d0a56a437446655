package import Evidence
import Knowledge
import ModelFiles

/// One model of the catalogue, as a list shows it.
package struct ModelListing: Codable, Sendable, Hashable {
  /// The name to give as `model`.
  package var name: String
  package var family: String
  /// `dense-llm`, `moe-llm`, `hybrid-llm` or `ple-llm` (per-layer embeddings).
  package var kind: String
  package var repository: String
  package var license: String
  package var parameterCount: Int
  /// The parameters that one token uses.
  package var activeParameterCount: Int
  /// The longest context that the model was made for.
  package var contextTokens: Int
  /// The size of the weights in Q4_K_M of llama.cpp.
  package var weightBytes: Quantity?
}

extension Advisor {
  /// The weights of each model of the catalogue in the default format, worked out once.
  private static let listedWeights: [String: Quantity] = Dictionary(
    CatalogueModel.catalogue.records.compactMap { model in
      (try? Advisor().memoryModel(model))?.weights.map { (model.id, $0.bytes) }
    }
  ) { first, _ in first }

  /// The models of the catalogue whose name, family or repository contains `text`, by name; all when it is nil.
  package func listModels(containing text: String? = nil) -> [ModelListing] {
    let wanted = text?.lowercased()
    return CatalogueModel.catalogue.records.filter { model in
      guard let wanted else { return true }
      return [model.id, model.family, model.repository].contains { $0.lowercased().contains(wanted) }
    }.map { model in
      let description = ModelDescription(model)
      return ModelListing(
        name: model.id, family: model.family, kind: model.kind, repository: model.repository, license: model.license,
        parameterCount: description.parameterCount ?? model.parameterCount,
        activeParameterCount: description.activeParameterCount ?? model.activeParameterCount,
        contextTokens: model.contextLength,
        weightBytes: Self.listedWeights[model.id])
    }
  }
}
