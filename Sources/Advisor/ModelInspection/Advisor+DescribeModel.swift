package import Knowledge
package import ModelFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Advisor {
  /// What a model reference names: the path of a file or folder, a model of the local Ollama, or a name of the catalogue.
  package enum ModelLocation: Sendable, Hashable {
    case file(path: String)
    case ollama(OllamaStore, OllamaName)
    case catalogue(CatalogueModel)
  }

  /// The word before the names of Ollama's models.
  static let ollamaPrefix = "ollama:"

  /// Finds what `reference` names: an existing file, else a model of the local Ollama when it begins with `ollama:` or has
  /// the form NAME:TAG and is there, else a name of the catalogue in any letter case.
  ///
  /// A reference with a `/` or ending in `.gguf` or `.safetensors` that is not in the catalogue is a path, even if nothing
  /// is there.
  package func locate(model reference: String) throws(Refusal) -> ModelLocation {
    let lowercased = reference.lowercased()
    let looksLikePath =
      reference.contains("/") || lowercased.hasSuffix(".gguf") || lowercased.hasSuffix(".safetensors")
    if Self.exists(reference, regularOnly: !looksLikePath) { return .file(path: reference) }
    if reference.hasPrefix(Self.ollamaPrefix) { return try locateInOllama(reference) }
    if reference.contains(":"), let name = OllamaName(reference),
      let store = OllamaStore.local().first(where: { $0.has(name) })
    {
      return .ollama(store, name)
    }
    if let model = CatalogueModel.catalogue.record(reference) { return .catalogue(model) }
    if Self.exists(reference, regularOnly: false) { return .file(path: reference) }
    throw notFound(reference, looksLikePath: looksLikePath)
  }

  /// Describes the model that `reference` names, from its files or from the catalogue.
  package func describe(model reference: String) throws(Refusal) -> ModelDescription {
    try contents(of: try locate(model: reference)).description
  }

  /// Opens the files of a model; a name of the catalogue has a description only.
  func contents(of location: ModelLocation) throws(Refusal) -> ModelContents {
    do throws(ModelFileError) {
      switch location {
      case .file(let path): return try ModelFile.open(path: path)
      case .ollama(let store, let name): return try store.open(name)
      case .catalogue(let model): return ModelContents(description: ModelDescription(model))
      }
    } catch {
      throw Refusal(error)
    }
  }

  private func locateInOllama(_ reference: String) throws(Refusal) -> ModelLocation {
    let text = String(reference.dropFirst(Self.ollamaPrefix.count))
    guard let name = OllamaName(text) else {
      throw Refusal(
        .modelNotFound,
        "'\(text)' is no name of an Ollama model. Expected NAME or NAME:TAG, such as ollama:llama3.2:1b.",
        details: ["model": reference])
    }
    let stores = OllamaStore.local()
    if let store = stores.first(where: { $0.has(name) }) { return .ollama(store, name) }
    let tags = stores.flatMap { $0.tags(of: name) }
    let there = tags.isEmpty ? "" : " It has these tags of it: \(tags.prefix(8).joined(separator: ", "))."
    throw Refusal(
      .modelNotFound,
      "The local Ollama has no model '\(name)' (looked in \(stores.map(\.path).joined(separator: " and "))).\(there) "
        + "'ollama list' shows what is there, 'ollama pull \(name)' fetches it; OLLAMA_MODELS names another folder.",
      details: ["model": reference])
  }

  private func notFound(_ reference: String, looksLikePath: Bool) -> Refusal {
    let name = reference.split(separator: "/").last.map(String.init) ?? reference
    let nearest = CatalogueModel.catalogue.suggestions(for: name)
    var details = ["model": reference]
    if !nearest.isEmpty { details["nearest"] = nearest.joined(separator: ", ") }
    let suggestion = nearest.isEmpty ? "" : " Did you mean \(nearest.joined(separator: " or "))?"
    if looksLikePath {
      return Refusal(
        .modelNotFound,
        "There is no file '\(reference)'. Give the path of a model's file or folder, or a name that model/list shows."
          + suggestion, details: details)
    }
    return Refusal(
      .modelNotFound,
      "'\(reference)' is neither a file nor a name of the catalogue.\(suggestion) model/list shows all "
        + "\(CatalogueModel.catalogue.records.count) names; a path must contain '/' or end in '.gguf', and a model of the "
        + "local Ollama is ollama:NAME.", details: details)
  }

  private static func exists(_ path: String, regularOnly: Bool) -> Bool {
    guard !path.isEmpty, !path.utf8.contains(0) else { return false }
    var status = stat()
    // A path that exists but cannot be looked at is an error to report, not an absent file.
    guard stat(path, &status) == 0 else { return !regularOnly && errno != ENOENT && errno != ENOTDIR }
    return !regularOnly || status.st_mode & S_IFMT == S_IFREG
  }
}

extension Advisor.ModelLocation {
  /// The path of the GGUF file to load; nil for a name of the catalogue.
  func weightsPath() throws(Refusal) -> String? {
    switch self {
    case .file(let path): return path
    case .catalogue: return nil
    case .ollama(let store, let name):
      do throws(ModelFileError) { return try store.weightsPath(name) } catch { throw Refusal(error) }
    }
  }
}
