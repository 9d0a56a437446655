/// Reads what the file system under a folder is and has free.
enum StorageProbe {
  static func storage(
    _ files: SystemFiles, _ calls: SystemCalls, path: String, _ missing: inout [NotFound]
  ) -> StorageDescription {
    var result = StorageDescription(path: path)
    if let space = calls.space(path) {
      (result.freeBytes, result.totalBytes) = (space.freeBytes, space.totalBytes)
    } else {
      missing.append(NotFound(what: "free storage", lookedAt: ["statvfs(\"\(path)\")"]))
    }
    guard let mount = mount(files, path: path) else { return result }
    result.fileSystem = mount.type
    switch mount.type {
    case "tmpfs", "ramfs": result.kind = "memory"
    case "nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "glusterfs", "virtiofs": result.kind = "network"
    default: result.kind = rotation(files, device: mount.device)
    }
    return result
  }

  /// The last mount with the longest point above the path, which hides the earlier ones.
  private static func mount(_ files: SystemFiles, path: String) -> (device: String, type: String)? {
    var best: (length: Int, device: String, type: String)?
    for line in (files.text("/proc/self/mountinfo") ?? "").split(whereSeparator: \.isNewline).prefix(4096) {
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 1 else { continue }
      let point = String(fields[4])
      guard point == "/" || path == point || path.hasPrefix(point + "/") else { continue }
      if point.utf8.count >= best?.length ?? 0 {
        best = (point.utf8.count, String(fields[2]), String(fields[dash + 1]))
      }
    }
    return best.map { ($0.device, $0.type) }
  }

  /// A partition has no queue of its own: the disk above it does.
  private static func rotation(_ files: SystemFiles, device: String) -> String? {
    let folder = "/sys/dev/block/" + device
    // What a virtual disk says about rotation is the hypervisor's default, not the disk's nature.
    let target = files.link(folder) ?? ""
    if ["/virtio", "/vmbus", "/xen", "/vbd-"].contains(where: { target.contains($0) }) { return nil }
    switch files.integer(folder + "/queue/rotational") ?? files.integer(folder + "/../queue/rotational") {
    case 0: return "solidState"
    case 1: return "rotating"
    default: return nil
    }
  }
}
