import Hardware
import JSON
package import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder where measurements of this machine are kept from one start to the next: one file for each kernel tier.
package struct ProfileStore: Sendable, Hashable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// The user's own: `$XDG_CACHE_HOME/edgewise` or `~/.cache/edgewise`, on macOS `~/Library/Caches/edgewise`; nil when there
  /// is no home folder.
  package static func ofUser(environment: [String: String] = SystemFiles.processEnvironment) -> ProfileStore? {
    // A relative path is to be ignored (XDG Base Directory Specification).
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return ProfileStore(folder: cache + "/edgewise")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    #if os(macOS)
      return ProfileStore(folder: home + "/Library/Caches/edgewise")
    #else
      return ProfileStore(folder: home + "/.cache/edgewise")
    #endif
  }

  package func path(tier: Tier) -> String { "\(folder)/machine-\(tier.rawValue).json" }

  /// A profile is some tens of kilobytes; what is larger is none.
  private static let sizeCap = 4 << 20

  /// What the store has for a tier.
  package enum Content: Sendable {
    case absent
    case profile(MachineProfile)
    /// A file that is no profile, and why.
    case unreadable(String)
  }

  package func load(tier: Tier) -> Content { Self.read(path(tier: tier)) }

  /// Reads a profile file.
  package static func read(_ path: String) -> Content {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return errno == ENOENT || errno == ENOTDIR ? .absent : .unreadable(reason(errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .unreadable("it is no regular file")
    }
    guard status.st_size <= sizeCap else { return .unreadable("it has \(status.st_size) bytes, more than any profile") }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    let json: JSON
    while bytes.count <= sizeCap {
      let count = readBytes(file, &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: part.prefix(count))
    }
    do throws(JSON.ParseError) {
      json = try JSON.parse(bytes)
    } catch {
      return .unreadable("\(error)")
    }
    do throws(JSON.DecodeError) {
      guard json["profileVersion"]?.integer == MachineProfile.currentVersion else {
        return .unreadable("it is of another version of Edgewise")
      }
      let profile = try json.decode(MachineProfile.self)
      if let problem = profile.problem { return .unreadable(problem) }
      return .profile(profile)
    } catch {
      return .unreadable("\(error)")
    }
  }

  /// Writes the profile in one step: readers see the old file or the new one, never a part.
  ///
  /// - Throws: `measurementFailed` with the system's reason; the old file is then still there.
  package func save(_ profile: MachineProfile, tier: Tier) throws(Refusal) {
    makeFolders()
    try Self.write(profile, to: path(tier: tier))
  }

  /// Writes the profile to a file of the caller's choice, in one step.
  package static func write(_ profile: MachineProfile, to path: String) throws(Refusal) {
    let text: [UInt8]
    do { text = try JSON(encoding: profile).print() } catch {
      throw Refusal(.measurementFailed, "The profile could not be written: \(error).")
    }
    let temporary = "\(path).\(getpid()).new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw failure(path, errno) }
    var written = 0
    var code: Int32 = 0
    while written < text.count, code == 0 {
      let count = text.withUnsafeBytes { writeBytes(file, $0.baseAddress.map { $0 + written }, text.count - written) }
      if count >= 0 { written += count } else if errno != EINTR { code = errno }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    close(file)
    if code == 0, rename(temporary, path) != 0 { code = errno }
    if code != 0 {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  /// Makes the folder and those above it that are missing, for the user alone.
  private func makeFolders() {
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> Refusal {
    Refusal(
      .measurementFailed,
      "The profile could not be written to '\(path)': \(reason(code)). Give a place that may be written to.",
      details: ["path": path])
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Names that the type's own methods would hide.
private func readBytes(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, bytes, count)
}
private func writeBytes(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
