import ArgumentParser
import JSON
import OrderedCollections
import Service

/// Which machine a question is about.
struct MachineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A platform of the catalogue, or a file of 'edgewise assess --save'; this machine if absent.",
      valueName: "name|file"))
  var machine: String?

  /// The value of the parameter `machine`: nil for this one as it is; `memory` is taken in place of what it has.
  func reference(memory: ByteSize? = nil) throws -> JSON? {
    var profile: JSON?
    if let machine, Self.isPath(machine) { profile = try Self.profile(machine) }
    guard let memory else { return profile ?? machine.map(JSON.string) }
    if profile?["cpu"] != nil || profile?["measurement"] != nil {
      throw Failure(
        .invalidParams, "--memory cannot change a saved profile; change it in the file, or name a platform")
    }
    var described = profile?.object ?? ["base": .string(machine ?? "here")]
    described["memoryBytes"] = .integer(Int64(memory.bytes))
    return .object(described)
  }

  private static func isPath(_ text: String) -> Bool { text.contains("/") || text.hasSuffix(".json") || text == "-" }

  /// Reads a saved profile: the reply of `hardware/assess`, its `machine` object, or fields in the caller's words.
  private static func profile(_ path: String) throws -> JSON {
    let json = try JSONText.parse(try InputText.read(path), named: path == "-" ? "standard input" : path)
    // What was measured counts only together with its machine.
    let profile = json["measurement"] == nil ? json["machine"] ?? json : json
    guard profile.object != nil else {
      throw Failure(
        .invalidParams, "\(path) is not a machine profile: expected an object as 'edgewise assess --json' prints it")
    }
    return profile
  }
}
