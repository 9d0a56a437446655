/// The control groups that this process lives in, of version 1, 2 or both.
package struct ControlGroups: Sendable {
  private let files: SystemFiles
  /// The path in the hierarchy by controller name; the empty name is version 2.
  private let paths: [String: String]
  private let mounts: [Mount]

  /// A mounted hierarchy.
  private struct Mount: Sendable {
    let isVersion2: Bool
    /// The part of the hierarchy that is visible here.
    let root: String
    let point: String
    let controllers: [String]
  }

  /// Reads `/proc/self/cgroup` and `/proc/self/mountinfo`.
  package init(_ files: SystemFiles) {
    self.files = files
    var paths: [String: String] = [:]
    for line in (files.text("/proc/self/cgroup") ?? "").split(whereSeparator: \.isNewline).prefix(256) {
      // hierarchy:controllers:path, where the path may hold colons.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      for name in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        paths[String(name)] = String(parts[2])
      }
    }
    self.paths = paths
    mounts = (files.text("/proc/self/mountinfo") ?? "").split(whereSeparator: \.isNewline).prefix(4096)
      .compactMap(Self.mount)
  }

  private static func mount(_ line: Substring) -> Mount? {
    let fields = line.split(separator: " ")
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 2 else { return nil }
    let type = fields[dash + 1]
    guard type == "cgroup" || type == "cgroup2" else { return nil }
    let options = fields.count > dash + 3 ? fields[dash + 3].split(separator: ",").map(String.init) : []
    return Mount(
      isVersion2: type == "cgroup2", root: String(fields[3]), point: String(fields[4]), controllers: options)
  }

  /// The folders of version 2 groups from this process's own up to the top that is visible, innermost first.
  package var unified: [String] {
    guard let mount = mounts.first(where: \.isVersion2), let path = paths[""] else { return [] }
    return chain(path, mount)
  }

  /// The folders of version 1 groups of `controller`, innermost first.
  package func versionOne(_ controller: String) -> [String] {
    guard let mount = mounts.first(where: { !$0.isVersion2 && $0.controllers.contains(controller) }),
      let path = paths[controller]
    else { return [] }
    return chain(path, mount)
  }

  /// The folders that may hold the files of `controller`, of both versions, innermost first.
  package func folders(of controller: String) -> [String] { unified + versionOne(controller) }

  /// A container sees its own group as the root of the mount while `/proc/self/cgroup` may still name the outer path.
  private func chain(_ path: String, _ mount: Mount) -> [String] {
    var relative = path
    if mount.root != "/" {
      if path == mount.root {
        relative = "/"
      } else if path.hasPrefix(mount.root + "/") {
        relative = String(path.dropFirst(mount.root.count))
      } else {
        relative = "/"
      }
    }
    var parts = relative.split(separator: "/").map(String.init)
    // A path that leaves the mount ("/..", seen from a foreign namespace) tells nothing: take the mount itself.
    if parts.contains("..") || parts.count > 64 { parts = [] }
    var folders: [String] = []
    while true {
      let folder = ([mount.point] + parts).joined(separator: "/")
      if files.exists(folder) { folders.append(folder) }
      if parts.isEmpty { return folders }
      parts.removeLast()
    }
  }
}
