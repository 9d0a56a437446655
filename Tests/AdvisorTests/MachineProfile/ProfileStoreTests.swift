import Hardware
import JSON
import Kernels
import TestSupport
import Testing

@testable import Advisor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Keeping a profile")
struct ProfileStoreTests {
  private let tree: FileTree
  private let tier: Tier
  private let store: ProfileStore

  init() throws {
    tree = try FileTree([:])
    tier = try KernelSet.select().tier
    store = ProfileStore(folder: tree.path + "/cache/edgewise")
  }

  @Test("what is kept comes back, in a file for the user alone")
  func kept() throws {
    let profile = try MadeUpMachine.profile()
    try store.save(profile, tier: tier)
    guard case .profile(let read) = store.load(tier: tier) else { throw Missing() }
    #expect(read == profile)
    var status = stat()
    #expect(stat(store.path(tier: tier), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("nothing kept is absent; a file cut anywhere, or of another kind, is unreadable and never a profile")
  func damaged() throws {
    guard case .absent = store.load(tier: tier) else { throw Missing() }
    try store.save(try MadeUpMachine.profile(), tier: tier)
    let bytes = try JSON(encoding: try MadeUpMachine.profile()).print()
    let path = tree.path + "/part.json"
    for end in stride(from: 0, to: bytes.count - 1, by: 997) {
      try tree.write(Array(bytes[..<end]), to: "part.json")
      guard case .unreadable = ProfileStore.read(path) else { throw Missing() }
    }
    guard case .unreadable = ProfileStore.read(tree.path) else { throw Missing() }
    guard case .unreadable = ProfileStore.read("/dev/null") else { throw Missing() }
  }

  @Test("a profile with numbers that no machine has is refused", arguments: [0, -1, Double.infinity])
  func absurd(rate: Double) throws {
    var profile = try MadeUpMachine.profile()
    profile.measurement.formats[0].byThreads[0].decodeBytesPerSecond = rate
    #expect(profile.problem != nil)
    #expect(throws: Refusal.self) { try Advisor().machine(.measured(profile)) }
  }

  @Test("the folder is the user's cache; a relative one does not count")
  func folder() {
    #expect(ProfileStore.ofUser(environment: ["XDG_CACHE_HOME": "/c", "HOME": "/h"])?.folder == "/c/edgewise")
    #expect(ProfileStore.ofUser(environment: ["XDG_CACHE_HOME": "c", "HOME": "/h"])?.folder.hasPrefix("/h/") == true)
    #expect(ProfileStore.ofUser(environment: [:]) == nil)
  }

  @Test("a changed machine is noticed, and the change is said")
  func fingerprint() throws {
    let profile = try MadeUpMachine.profile()
    var machine = profile.machine
    machine.cpu.quotaCores = 1.5
    let changed = ProfileFingerprint(machine, tier: tier)
    #expect(profile.fingerprint.differences(from: profile.fingerprint).isEmpty)
    #expect(changed.differences(from: profile.fingerprint) == ["processor quota in cores: none then, 1.5 now"])
  }

  @Test("a kept profile of another machine is not used, and the answer says why")
  func otherMachine() throws {
    try store.save(try MadeUpMachine.profile(), tier: tier)
    let stored = try Advisor().storedProfile(in: store)
    #expect(stored.profile == nil && stored.remarks.contains { $0.contains("has changed") })
  }

  @Test("a measured profile is a machine reference that comes back from JSON")
  func reference() throws {
    let reference = MachineReference.measured(try MadeUpMachine.profile())
    #expect(try JSON(encoding: reference).decode(MachineReference.self) == reference)
    #expect(try Advisor().machine(reference).machine.name == "made up")
  }

  private struct Missing: Error {}
}
