import Hardware
import TestSupport

/// Files of a machine as its kernel shows them, cut down to what is read.
struct RecordedMachine {
  var files: [String: String]
  var architecture: String
  var environment: [String: String] = ["PATH": "/usr/bin", "HOME": "/home/user"]

  /// What the probe makes of it.
  func describe(runsVersionCommands: Bool = false) throws -> MachineDescription {
    let tree = try FileTree(files)
    let architecture = architecture
    let calls = SystemCalls(
      architecture: { architecture }, space: { _ in (freeBytes: 40 << 30, totalBytes: 100 << 30) })
    return MachineProbe(
      files: SystemFiles(root: tree.path, environment: environment), calls: calls, storagePath: "/home/user",
      runsVersionCommands: runsVersionCommands
    ).describe()
  }

  /// The topology files of `count` logical cores of which each `threads` in a row share a physical one.
  static func topology(count: Int, threads: Int = 1, from first: Int = 0) -> [String: String] {
    var files: [String: String] = [:]
    for core in first..<(first + count) {
      let start = first + (core - first) / threads * threads
      files["/sys/devices/system/cpu/cpu\(core)/topology/core_cpus_list"] =
        threads == 1 ? "\(core)\n" : "\(start)-\(start + threads - 1)\n"
    }
    return files
  }

  /// One cache of a core.
  static func cache(_ core: Int, _ index: Int, level: Int, kind: String, size: String, shared: String) -> [String:
    String]
  {
    let folder = "/sys/devices/system/cpu/cpu\(core)/cache/index\(index)/"
    return [
      folder + "level": "\(level)\n", folder + "type": kind + "\n", folder + "size": size + "\n",
      folder + "shared_cpu_list": shared + "\n",
    ]
  }
}

extension [String: String] {
  /// Both together; on the right side is what wins.
  static func + (a: Self, b: Self) -> Self { a.merging(b) { $1 } }
}
