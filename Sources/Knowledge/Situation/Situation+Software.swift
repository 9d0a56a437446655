extension Situation {
  /// What is installed, and what was chosen.
  package struct Software: Codable, Sendable, Hashable {
    /// Present but empty: it was looked for and nothing was found.
    package var toolchains: [Toolchain]?
    package var framework: Framework?
    package var frameworkVersion: String?
    /// The instruction sets that the program was built for, by the names of `machine.instructionSets`.
    package var requiredInstructionSets: [String]?

    package init() {}
  }

  /// An installed program or library.
  package struct Toolchain: Codable, Sendable, Hashable {
    /// The name by which Edgewise lists it: `llama.cpp`, `openvino`, `cuda`, ...
    package var name: String
    package var version: String?

    package init(name: String, version: String? = nil) {
      self.name = name
      self.version = version
    }
  }
}
