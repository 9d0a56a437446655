import Hardware
import Testing

@Suite("Probing memory")
struct MemoryProbeTests {
  @Test("a version 1 limit of an outer group binds, its file cache given back")
  func versionOne() throws {
    let memory = try RecordedMachine.serverAMD.describe().memory
    // 8 GiB less 6 GiB used plus (2 + 1) GiB of cache.
    let limit = try #require(memory.limits.first { $0.kind == .controlGroupV1 })
    #expect(limit.bytes == 8 << 30 && limit.usedBytes == 6 << 30 && limit.reclaimableBytes == 3 << 30)
    #expect(limit.leftBytes == 5 << 30)
    #expect(memory.usableBytes == 5 << 30 && memory.decidedBy == "controlGroupV1")
    // 32 GiB of address space, 1 GiB of it in use.
    #expect(memory.limits.first { $0.kind == .addressSpace }?.leftBytes == 31 << 30)
    #expect(memory.limits.count == 2)
    #expect(memory.swapTotalBytes == 2 << 30 && memory.swapFreeBytes == 1 << 30)
  }

  @Test("a version 2 limit inside a container, its file cache given back")
  func versionTwo() throws {
    let machine = try RecordedMachine.container.describe()
    // 4 GiB less 3.5 GiB used plus (2 + 1) GiB of cache.
    #expect(machine.memory.usableBytes == 7 << 29)
    #expect(machine.memory.limits.map(\.kind) == [.controlGroupV2])
    #expect(machine.memory.limits.first?.source == "/sys/fs/cgroup/memory.max")
    #expect(machine.cpu.quotaCores == 0.5 && machine.cpu.usableCores == 1)
    #expect(machine.operatingSystem?.container == "docker")
  }

  @Test("without limits the kernel's estimate decides, and the answer says where limits were looked for")
  func unlimited() throws {
    let machine = try RecordedMachine.raspberryPi.describe()
    #expect(machine.memory.usableBytes == 7_400_000 * 1024 && machine.memory.decidedBy == "available")
    #expect(machine.notFound.contains { $0.what == "limit on memory" })
  }

  @Test("an old kernel's free memory and cache stand in for MemAvailable")
  func old() throws {
    let machine = RecordedMachine(
      files: ["/proc/meminfo": "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 20 kB\nCached: 300 kB\n"],
      architecture: "x86_64")
    #expect(try machine.describe().memory.availableBytes == 420 * 1024)
  }

  @Test("strict accounting is a limit")
  func commit() throws {
    let files = [
      "/proc/meminfo": "MemTotal: 8000 kB\nMemAvailable: 7000 kB\nCommitLimit: 4000 kB\nCommitted_AS: 1000 kB\n",
      "/proc/sys/vm/overcommit_memory": "2\n",
    ]
    let memory = try RecordedMachine(files: files, architecture: "x86_64").describe().memory
    #expect(memory.usableBytes == 3000 * 1024 && memory.decidedBy == "commit")
  }

  @Test(
    "hostile numbers neither crash nor count",
    arguments: [
      "-5", "99999999999999999999999", "9223372036854775807", "abc", "", "\u{0}\u{0}", "0x10", "1e9", " ",
      "max max max",
      String(repeating: "9", count: 10_000), String(repeating: "x\n", count: 10_000),
    ])
  func hostile(value: String) throws {
    var files = RecordedMachine.container.files
    for name in ["memory.max", "memory.high", "memory.current", "cpu.max"] { files["/sys/fs/cgroup/" + name] = value }
    files["/sys/fs/cgroup/memory.stat"] = "inactive_file \(value)\nactive_file \(value)"
    files["/proc/meminfo"] = "MemTotal: \(value) kB\nMemAvailable: \(value) kB\nSwapTotal: \(value)\n"
    files["/sys/devices/system/cpu/online"] = value
    files["/sys/devices/system/cpu/cpu0/cache/index0/level"] = value
    files["/sys/devices/system/cpu/cpu0/cache/index0/size"] = value
    files["/sys/class/thermal/thermal_zone0/temp"] = value
    files["/sys/class/power_supply/BAT0/capacity"] = value
    files["/proc/self/cgroup"] = "0::/../\(value.prefix(100))"
    let memory = try RecordedMachine(files: files, architecture: "x86_64").describe().memory
    for limit in memory.limits { #expect(limit.leftBytes >= 0 && limit.leftBytes <= limit.bytes) }
    #expect(memory.usableBytes ?? 0 >= 0)
  }
}
