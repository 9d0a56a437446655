package import Knowledge
package import ModelFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Advisor {
  /// What a model reference names: the path of a file, or a name of the catalogue.
  package enum ModelLocation: Sendable, Hashable {
    case file(path: String)
    case catalogue(CatalogueModel)
  }

  /// Finds what `reference` names: an existing file, else a name of the catalogue in any letter case.
  ///
  /// A reference with a `/` or ending in `.gguf` that is not in the catalogue is a path, even if nothing is there.
  package func locate(model reference: String) throws(Refusal) -> ModelLocation {
    let looksLikePath = reference.contains("/") || reference.lowercased().hasSuffix(".gguf")
    if Self.exists(reference, regularOnly: !looksLikePath) { return .file(path: reference) }
    if let model = CatalogueModel.catalogue.record(reference) { return .catalogue(model) }
    let name = reference.split(separator: "/").last.map(String.init) ?? reference
    let nearest = CatalogueModel.catalogue.suggestions(for: name)
    var details = ["model": reference]
    if !nearest.isEmpty { details["nearest"] = nearest.joined(separator: ", ") }
    let suggestion = nearest.isEmpty ? "" : " Did you mean \(nearest.joined(separator: " or "))?"
    if looksLikePath {
      throw Refusal(
        .modelNotFound,
        "There is no file '\(reference)'. Give the path of a GGUF file, or a name that model/list shows."
          + suggestion, details: details)
    }
    throw Refusal(
      .modelNotFound,
      "'\(reference)' is neither a file nor a name of the catalogue.\(suggestion) model/list shows all "
        + "\(CatalogueModel.catalogue.records.count) names; a path must contain '/' or end in '.gguf'.",
      details: details)
  }

  /// Describes the model that `reference` names, from its file or from the catalogue.
  package func describe(model reference: String) throws(Refusal) -> ModelDescription {
    switch try locate(model: reference) {
    case .catalogue(let model): return ModelDescription(model)
    case .file(let path):
      do throws(ModelFileError) {
        return try ModelFile.describe(path: path)
      } catch {
        throw Refusal(error)
      }
    }
  }

  private static func exists(_ path: String, regularOnly: Bool) -> Bool {
    guard !path.isEmpty, !path.utf8.contains(0) else { return false }
    var status = stat()
    // A path that exists but cannot be looked at is an error to report, not an absent file.
    guard stat(path, &status) == 0 else { return !regularOnly && errno != ENOENT && errno != ENOTDIR }
    return !regularOnly || status.st_mode & S_IFMT == S_IFREG
  }
}
