import Knowledge

/// The command lines of a framework, cut at the places where the model's name goes in.
struct CommandTemplates: Sendable {
  /// What stands for the repository while the reader has not named a model.
  static let unnamedRepository = "OWNER/MODEL"

  private struct Template: Sendable {
    let command: FrameworkRecord.Command
    /// Repository and model go between the parts, in turn as `holes` says.
    let parts: [String]
    let holes: [Hole]
    /// The line with the stand-ins filled in.
    let ready: Prepared<FrameworkCommand>
  }

  private enum Hole: Sendable {
    case repository, model
  }

  private let templates: [Template]
  private let defaultModel: String

  init(_ record: FrameworkRecord) {
    let defaultModel = record.defaultModel.replacing("{repository}", with: Self.unnamedRepository)
    self.defaultModel = defaultModel
    templates = record.commands.map { command in
      var parts: [String] = []
      var holes: [Hole] = []
      var rest = Substring(command.line)
      while let start = rest.firstIndex(of: "{") {
        let hole: Hole? =
          rest[start...].hasPrefix("{repository}")
          ? .repository : rest[start...].hasPrefix("{model}") ? .model : nil
        guard let hole else { break }
        parts.append(String(rest[..<start]))
        holes.append(hole)
        rest = rest[start...].dropFirst(hole == .repository ? "{repository}".count : "{model}".count)
      }
      parts.append(String(rest))
      let ready = Self.fill(parts, holes, repository: Self.unnamedRepository, model: defaultModel)
      return Template(
        command: command, parts: parts, holes: holes,
        ready: Prepared(FrameworkCommand(purpose: command.purpose, line: ready)))
    }
  }

  /// The first command of each purpose that holds for the system and the accelerator.
  func commands(
    _ purposes: [FrameworkRecord.Purpose], machine: Situation.Machine, accelerator: Situation.Accelerator?,
    repository: String?, model: String?
  ) -> PreparedList<FrameworkCommand> {
    var commands = PreparedList<FrameworkCommand>()
    for purpose in purposes {
      guard let template = templates.first(where: { Self.holds($0.command, purpose, machine, accelerator) }) else {
        continue
      }
      guard !template.holes.isEmpty, repository != nil || model != nil else {
        commands.append(template.ready)
        continue
      }
      let line = Self.fill(
        template.parts, template.holes, repository: repository ?? Self.unnamedRepository, model: model ?? defaultModel)
      commands.append(Prepared(FrameworkCommand(purpose: purpose, line: line)))
    }
    return commands
  }

  private static func holds(
    _ command: FrameworkRecord.Command, _ purpose: FrameworkRecord.Purpose, _ machine: Situation.Machine,
    _ accelerator: Situation.Accelerator?
  ) -> Bool {
    guard command.purpose == purpose else { return false }
    if let systems = command.operatingSystems, !systems.contains(machine.operatingSystem ?? .linux) { return false }
    if let vendor = command.acceleratorVendor, vendor != accelerator?.vendor { return false }
    if let kind = command.acceleratorKind, kind != accelerator?.kind { return false }
    return true
  }

  private static func fill(_ parts: [String], _ holes: [Hole], repository: String, model: String) -> String {
    var line = parts.first ?? ""
    for (hole, part) in zip(holes, parts.dropFirst()) {
      line += hole == .repository ? repository : model
      line += part
    }
    return line
  }
}
