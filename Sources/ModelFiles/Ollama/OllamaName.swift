/// The name of a model in Ollama's store: `[HOST/][NAMESPACE/]NAME[:TAG]`.
///
/// Source of the defaults and of the form: `types/model/name.go` of ollama/ollama.
package struct OllamaName: Hashable, Sendable, CustomStringConvertible {
  package let host: String
  package let namespace: String
  package let model: String
  package let tag: String

  /// Reads a name; nil when it does not have the form, as when a part would lead out of the store.
  package init?(_ text: String) {
    guard text.utf8.count <= 400 else { return nil }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.popLast(), parts.count <= 2 else { return nil }
    let pieces = last.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count <= 2 else { return nil }
    model = pieces[0]
    tag = pieces.count == 2 ? pieces[1] : "latest"
    namespace = parts.popLast() ?? "library"
    host = parts.popLast() ?? "registry.ollama.ai"
    // A host may have a port.
    let plain = [model, tag, namespace] + host.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard plain.allSatisfy(Self.isPart) else { return nil }
  }

  /// As people write it, without the defaults.
  package var description: String {
    let place = host != "registry.ollama.ai" ? "\(host)/\(namespace)/" : namespace != "library" ? "\(namespace)/" : ""
    return "\(place)\(model):\(tag)"
  }

  /// The manifest's path below the folder `manifests`.
  var manifestPath: String { "\(host)/\(namespace)/\(model)/\(tag)" }

  private static func isPart(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 80, isLetter(first) || first == UInt8(ascii: "_") else {
      return false
    }
    return text.utf8.allSatisfy {
      isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
