/// What a framework is, where it runs and how it is used, read from its own sources.
package struct FrameworkRecord: FactRecord, Hashable {
  package static let file = FactFile("frameworks")
  package static let catalogue = Catalogue(reading: FrameworkRecord.self)

  package let id: String
  package let name: String
  /// The version that the facts were read from.
  package let version: String
  /// ISO 8601 date of that version.
  package let versionDate: String?
  /// `engine`, `optimizer and engine`, `server` or `wrapper`.
  package let role: String
  package let summary: String
  package let systems: [System]
  package let runsOnCPU: Bool
  package let accelerators: [Backend]
  package let modalities: [Situation.Modality]
  package let modelKinds: [Situation.ModelKind]
  /// The formats that it runs.
  package let fileFormats: [String]
  package let convertsFrom: [String]
  package let servesManyUsers: Grade
  package let commands: [Command]
  /// What `{model}` stands for before the reader has a file.
  package let defaultModel: String
  package let cautions: [Caution]
  /// The programs that the commands use, with the flags that were checked.
  package let tools: [Tool]
  package let source: String

  package var otherNames: [String] { [name] }
  package var framework: Framework? { Framework(rawValue: id) }

  /// A system that has a build.
  package struct System: Codable, Sendable, Hashable {
    package let operatingSystem: Situation.OperatingSystem
    package let architectures: [Situation.Architecture]
  }

  /// A way to use an accelerator.
  package struct Backend: Codable, Sendable, Hashable {
    package let kind: Situation.Accelerator.Kind
    package let vendor: String
    package let backend: String
    package let maturity: Maturity
    /// Build options that switch it on.
    package let options: String?
    /// NVIDIA's compute capability that it needs at least.
    package let minimumComputeCapability: Double?
    package let source: String
  }

  /// How far along a back end is.
  package enum Maturity: String, Codable, Sendable {
    case supported, experimental
  }

  /// A command line and where it holds.
  package struct Command: Codable, Sendable, Hashable {
    package let purpose: Purpose
    /// `{repository}` and `{model}` stand for the model.
    package let line: String
    package let source: String
    /// nil: on every system.
    package let operatingSystems: [Situation.OperatingSystem]?
    package let acceleratorVendor: String?
    package let acceleratorKind: Situation.Accelerator.Kind?
  }

  package enum Purpose: String, Codable, Sendable, CaseIterable {
    case install, convert, quantize, run, serve, measure
  }

  /// Something to know before choosing the framework.
  package struct Caution: Codable, Sendable, Hashable {
    package let text: String
    package let source: String
  }

  /// A program and its flags.
  package struct Tool: Codable, Sendable, Hashable {
    package let name: String
    package let flags: [String]
    package let source: String
  }
}
