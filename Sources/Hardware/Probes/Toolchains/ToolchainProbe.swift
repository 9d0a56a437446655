/// Finds installed runtimes, compilers and libraries by their files.
struct ToolchainProbe {
  let files: SystemFiles
  let runsVersionCommands: Bool
  /// Folders where programs are put without being in `PATH`.
  private let wellKnown: [String]

  init(_ files: SystemFiles, runsVersionCommands: Bool) {
    self.files = files
    let home = files.environment["HOME"].map { home in
      ["/.local/bin", "/llama.cpp/build/bin", "/.lmstudio/bin"].map { home + $0 }
    }
    let all = (home ?? []) + ["/usr/local/bin", "/opt/homebrew/bin", "/usr/local/cuda/bin", "/snap/bin"]
    wellKnown = all.filter { !files.searchPath.contains($0) }
    self.runsVersionCommands = runsVersionCommands
  }

  /// Everything that was found, by name; what was not goes to `missing` with the places that were looked at.
  func toolchains(_ missing: inout [NotFound]) -> [ToolchainDescription] {
    var found = programs(&missing)
    found += PythonPackages(files).toolchains(&missing)
    found += Libraries(files).toolchains(&missing)
    // One name may be there both as a program and as a package: the first with a version says it.
    return found.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
  }

  private func programs(_ missing: inout [NotFound]) -> [ToolchainDescription] {
    let packages = DebianPackages(files)
    var absent: [String] = []
    var found: [ToolchainDescription] = []
    for tool in Tool.all {
      let hit = tool.programs.lazy.compactMap { files.program($0, wellKnown: wellKnown) }.first
      guard let path = hit else {
        absent.append(tool.name)
        continue
      }
      found.append(describe(tool, path, packages))
    }
    if !absent.isEmpty {
      missing.append(
        NotFound(what: "programs: " + absent.joined(separator: ", "), lookedAt: files.searchPath + wellKnown))
    }
    return found
  }

  private func describe(_ tool: Tool, _ path: String, _ packages: DebianPackages) -> ToolchainDescription {
    let command = ([path] + tool.versionArguments).joined(separator: " ")
    if path.hasPrefix("/usr/bin/"), let package = tool.debianPackage, let version = packages.version(of: package) {
      return ToolchainDescription(
        name: tool.name, version: version, path: path, how: "/var/lib/dpkg/status: \(package)")
    }
    if let version = versionInLink(path) {
      return ToolchainDescription(name: tool.name, version: version, path: path, how: "the target of the link")
    }
    // A deadline for each: a program that waits for something must not hold the answer.
    if runsVersionCommands,
      let text = ProgramOutput.of(files.root + path, tool.versionArguments, deadlineSeconds: 1.5),
      let version = Self.version(in: text)
    {
      return ToolchainDescription(name: tool.name, version: version, path: path, how: command)
    }
    return ToolchainDescription(name: tool.name, path: path, how: "no file tells the version; run: \(command)")
  }

  /// A version in the target of a link, as package managers with a folder per version write it.
  private func versionInLink(_ path: String) -> String? {
    guard let target = files.link(path) else { return nil }
    return target.split(separator: "/").lazy.compactMap { part in
      // Only a part that is a version, or a name and a version: `python3.12`, `3.31.2`, `llvm-19`.
      let digits = part.drop { !$0.isNumber }
      let plain = digits.allSatisfy { $0.isNumber || $0 == "." } && digits.contains(".") && digits.count <= 16
      return plain ? String(digits) : nil
    }.first
  }

  /// The first word with digits and a dot, or llama.cpp's `version: 4567`.
  static func version(in text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline).prefix(20) {
      for word in line.fields {
        let word = word.drop { $0 == "v" || $0 == "V" || $0 == "(" }
        guard word.first?.isNumber == true else { continue }
        let version = word.prefix { $0.isNumber || $0.isLetter || ".-+_".contains($0) }
        if version.contains(".") || line.lowercased().contains("version:") { return String(version.prefix(40)) }
      }
    }
    return nil
  }
}
