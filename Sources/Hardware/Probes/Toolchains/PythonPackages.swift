/// Finds Python packages by their `.dist-info` folders, without running Python.
struct PythonPackages {
  private let files: SystemFiles

  init(_ files: SystemFiles) { self.files = files }

  /// The packages that matter and the name that each is reported under.
  static let names = [
    "auto-gptq", "autoawq", "executorch", "gguf", "litert-lm", "llama-cpp-python", "mlc-llm", "mlx", "mlx-lm", "nncf",
    "olive-ai", "onnx", "onnxruntime", "onnxruntime-genai", "onnxruntime-gpu", "onnxruntime-qnn", "openvino",
    "openvino-genai", "optimum", "optimum-intel", "tensorrt", "tensorrt-llm", "torch", "transformers", "vllm",
  ]

  /// The first of each package in the order of the folders.
  func toolchains(_ missing: inout [NotFound]) -> [ToolchainDescription] {
    let folders = siteFolders
    var found: [String: ToolchainDescription] = [:]
    for folder in folders {
      for entry in files.entries(folder) where entry.hasSuffix(".dist-info") || entry.hasSuffix(".egg-info") {
        // name-version.dist-info, the name with underscores for dashes and dots.
        let stem = entry.dropLast(10)
        guard let dash = stem.firstIndex(of: "-") else { continue }
        let name = Self.normalized(stem[..<dash])
        guard Self.wanted.contains(name), found[name] == nil else { continue }
        let version = stem[stem.index(after: dash)...].prefix(64)
        found[name] = ToolchainDescription(
          name: name, version: String(version), path: folder, how: "\(folder)/\(entry)")
      }
    }
    let absent = Self.names.filter { found[$0] == nil }
    if !absent.isEmpty {
      let places = folders.isEmpty ? prefixes.map { $0 + "/lib/python3*/site-packages" } : folders
      missing.append(NotFound(what: "Python packages: " + absent.joined(separator: ", "), lookedAt: places))
    }
    return Array(found.values)
  }

  private static let wanted = Set(names)

  static func normalized(_ name: some StringProtocol) -> String {
    String(name.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
  }

  /// Where installations of Python may be: active environments first, then the user's, then the system's.
  private var prefixes: [String] {
    let environment = files.environment
    var result = [environment["VIRTUAL_ENV"], environment["CONDA_PREFIX"]].compactMap { $0 }
    for folder in files.searchPath where files.exists(folder + "/python3") && folder.hasSuffix("/bin") {
      result.append(String(folder.dropLast(4)))
    }
    if let home = environment["HOME"] {
      result.append(home + "/.local")
      let families = [
        "/.pyenv/versions", "/.local/pipx/venvs", "/.local/share/pipx/venvs", "/.local/share/uv/tools",
        "/miniconda3/envs", "/.venvs",
      ]
      for family in families {
        result += files.entries(home + family).prefix(32).map { home + family + "/" + $0 }
      }
      result += [home + "/miniconda3", home + "/anaconda3", home + "/.venv"]
    }
    result += ["/usr/local", "/usr", "/opt/homebrew", "/opt/conda"]
    var seen: Set<String> = []
    return result.filter { $0.hasPrefix("/") && seen.insert($0).inserted }
  }

  private var siteFolders: [String] {
    var seen: Set<String> = []
    var result: [String] = []
    for prefix in prefixes.prefix(96) {
      let library = prefix + "/lib"
      for python in files.entries(library) where python.hasPrefix("python3") {
        for kind in ["site-packages", "dist-packages"] {
          let folder = "\(library)/\(python)/\(kind)"
          if files.exists(folder), seen.insert(folder).inserted { result.append(folder) }
        }
      }
    }
    return result
  }
}
