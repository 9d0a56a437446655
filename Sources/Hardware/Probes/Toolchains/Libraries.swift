/// Finds driver stacks and runtimes that are libraries.
struct Libraries {
  private let files: SystemFiles

  init(_ files: SystemFiles) { self.files = files }

  func toolchains(_ missing: inout [NotFound]) -> [ToolchainDescription] {
    var found = [cuda, rocm, openVINO].compactMap { $0 }
    let folders = libraryFolders
    var absent: [String] = []
    for (name, file) in Self.shared {
      if let hit = library(file, in: folders) {
        let clients = Self.registrations[name].map { drivers($0) } ?? ""
        found.append(
          ToolchainDescription(name: name, version: hit.version, path: hit.path, how: hit.how + clients))
      } else {
        absent.append("\(name) (\(file))")
      }
    }
    for name in ["cuda", "rocm", "openvino-runtime"] where !found.contains(where: { $0.name == name }) {
      absent.append(name)
    }
    if !absent.isEmpty {
      missing.append(
        NotFound(
          what: "libraries: " + absent.joined(separator: ", "),
          lookedAt: folders + ["/usr/local/cuda/version.json", "/opt/rocm/.info/version", "/opt/intel/openvino*"]))
    }
    return found
  }

  /// Names and the files that programs load.
  private static let shared = [
    ("cudnn", "libcudnn.so"), ("edgetpu", "libedgetpu.so"), ("hailort-library", "libhailort.so"),
    ("level-zero", "libze_loader.so"), ("opencl", "libOpenCL.so"), ("qnn", "libQnnHtp.so"),
    ("rkllm", "librkllmrt.so"), ("rknn", "librknnrt.so"), ("tensorrt-library", "libnvinfer.so"),
    ("vulkan", "libvulkan.so"),
  ]

  /// A loader is of no use without the drivers that register with it.
  private static let registrations = [
    "vulkan": (["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"], ".json"), "opencl": (["/etc/OpenCL/vendors"], ".icd"),
  ]

  private func drivers(_ places: (folders: [String], suffix: String)) -> String {
    let names = places.folders.flatMap { files.entries($0) }.filter { $0.hasSuffix(places.suffix) }.prefix(16)
    return names.isEmpty
      ? "; no drivers in " + places.folders.joined(separator: ", ") : "; drivers " + names.joined(separator: ", ")
  }

  private var libraryFolders: [String] {
    let triplets = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "/usr/lib/" + $0 }
    return
      (["/usr/local/lib", "/usr/lib64", "/usr/lib", "/usr/local/cuda/lib64", "/opt/rocm/lib", "/usr/lib/wsl/lib"]
      + triplets)
      .filter { files.exists($0) }
  }

  /// The library with any version after its name; the longest name has the whole version.
  private func library(_ file: String, in folders: [String]) -> (path: String, version: String?, how: String)? {
    for folder in folders {
      let names = names(in: folder).filter { $0 == file || $0.hasPrefix(file + ".") }
      guard let name = names.max(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else { continue }
      let version = name.dropFirst(file.count + 1)
      let plain = !version.isEmpty && version.allSatisfy { $0.isNumber || $0 == "." }
      return (folder + "/" + name, plain ? String(version) : nil, "name of the file")
    }
    return nil
  }

  private func names(in folder: String) -> [String] {
    cache.names(in: folder, files)
  }

  private let cache = Listing()

  /// The listings of folders, each read once.
  private final class Listing {
    private var folders: [String: [String]] = [:]

    func names(in folder: String, _ files: SystemFiles) -> [String] {
      if let names = folders[folder] { return names }
      let names = files.entries(folder).filter { $0.hasPrefix("lib") && $0.contains(".so") }
      folders[folder] = names
      return names
    }
  }

  private var cuda: ToolchainDescription? {
    let homes = [files.environment["CUDA_HOME"], files.environment["CUDA_PATH"], "/usr/local/cuda"].compactMap { $0 }
    for home in homes {
      if let text = files.text(home + "/version.json", cap: 1 << 16),
        let version = Self.version(afterKey: "cuda", in: text)
      {
        return ToolchainDescription(name: "cuda", version: version, path: home, how: home + "/version.json")
      }
      // "CUDA Version 10.2.89" up to CUDA 11.0.
      if let line = files.line(home + "/version.txt"), let version = line.fields.last {
        return ToolchainDescription(name: "cuda", version: String(version), path: home, how: home + "/version.txt")
      }
    }
    return nil
  }

  /// The first `"version"` after the key: enough for a file that NVIDIA's installer writes.
  static func version(afterKey key: String, in text: String) -> String? {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    guard let at = parts.firstIndex(of: key),
      let label = parts[at...].firstIndex(of: "version"), parts.indices.contains(label + 2)
    else { return nil }
    let version = parts[label + 2]
    return version.isEmpty || version.utf8.count > 32 ? nil : version
  }

  private var rocm: ToolchainDescription? {
    let home = files.environment["ROCM_PATH"] ?? "/opt/rocm"
    let file = home + "/.info/version"
    return files.line(file).map { ToolchainDescription(name: "rocm", version: $0, path: home, how: file) }
  }

  private var openVINO: ToolchainDescription? {
    for entry in files.entries("/opt/intel") where entry.hasPrefix("openvino") {
      let home = "/opt/intel/" + entry
      guard let line = files.line(home + "/runtime/version.txt") else { continue }
      return ToolchainDescription(
        name: "openvino-runtime", version: line, path: home, how: home + "/runtime/version.txt")
    }
    return nil
  }
}
