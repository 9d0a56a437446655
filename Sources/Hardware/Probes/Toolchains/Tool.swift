/// A program that is worth knowing about.
struct Tool {
  let name: String
  /// The names of its programs, the best first.
  let programs: [String]
  var versionArguments = ["--version"]
  /// The Debian package that has it, whose version dpkg tells.
  var debianPackage: String?

  /// All programs that are looked for, sorted by name.
  static let all = [
    Tool(name: "clang", programs: ["clang"], debianPackage: "clang"),
    Tool(name: "cmake", programs: ["cmake"], debianPackage: "cmake"),
    Tool(name: "docker", programs: ["docker"], debianPackage: "docker.io"),
    Tool(name: "gcc", programs: ["gcc"], debianPackage: "gcc"),
    Tool(name: "git", programs: ["git"], debianPackage: "git"),
    Tool(name: "hailort", programs: ["hailortcli"]),
    Tool(name: "kubectl", programs: ["kubectl"], versionArguments: ["version", "--client"]),
    Tool(name: "llama.cpp", programs: ["llama-server", "llama-cli", "llama-bench"], debianPackage: "llama.cpp"),
    Tool(name: "llamafile", programs: ["llamafile"]),
    Tool(name: "lmstudio", programs: ["lms"], versionArguments: ["version"]),
    Tool(name: "ninja", programs: ["ninja"], debianPackage: "ninja-build"),
    Tool(name: "nvcc", programs: ["nvcc"], debianPackage: "nvidia-cuda-toolkit"),
    Tool(name: "ollama", programs: ["ollama"]),
    Tool(name: "podman", programs: ["podman"], debianPackage: "podman"),
    Tool(name: "python", programs: ["python3"], debianPackage: "python3"),
    Tool(name: "swift", programs: ["swift"]),
    Tool(name: "uv", programs: ["uv"]),
  ]
}
