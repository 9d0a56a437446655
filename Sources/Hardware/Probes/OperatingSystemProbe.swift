/// Reads what system this is and whether it is in a container.
enum OperatingSystemProbe {
  static func operatingSystem(_ files: SystemFiles) -> OperatingSystemDescription {
    let release = (files.text("/etc/os-release") ?? files.text("/usr/lib/os-release") ?? "").keyed(by: "=")
    let name = release["PRETTY_NAME"].map { String($0.drop { $0 == "\"" }) }.map { text in
      text.hasSuffix("\"") ? String(text.dropLast()) : text
    }
    return OperatingSystemDescription(
      family: files.exists("/system/build.prop") ? "android" : "linux", name: name,
      kernel: files.line("/proc/sys/kernel/osrelease"), container: container(files))
  }

  private static func container(_ files: SystemFiles) -> String? {
    if files.exists("/run/secrets/kubernetes.io") { return "kubernetes" }
    if files.exists("/.dockerenv") { return "docker" }
    if files.exists("/run/.containerenv") { return "podman" }
    let group = files.text("/proc/self/cgroup") ?? ""
    if group.contains("/kubepods") { return "kubernetes" }
    if group.contains("/docker") { return "docker" }
    if group.contains("/lxc") { return "lxc" }
    return nil
  }
}
