/// An installed runtime, compiler, library or driver stack.
package struct ToolchainDescription: Codable, Sendable, Hashable {
  /// Its usual name in lower case: `llama.cpp`, `openvino`, `cuda` ...
  package var name: String
  /// nil when no file tells it; `how` then names the command that would.
  package var version: String?
  package var path: String
  /// What the version was read from, or which command would tell it.
  package var how: String

  package init(name: String, version: String? = nil, path: String, how: String) {
    self.name = name
    self.version = version
    self.path = path
    self.how = how
  }
}
