import Hardware
import Testing

@Suite("Probing processors")
struct ProcessorProbeTests {
  @Test("an AMD server: threads, caches, nodes, affinity and quota")
  func server() throws {
    let cpu = try RecordedMachine.serverAMD.describe().cpu
    #expect(cpu.vendor == "AMD" && cpu.model == "AMD EPYC 9354 32-Core Processor" && cpu.architecture == "x86_64")
    #expect(cpu.logicalCores == 8 && cpu.physicalCores == 4 && cpu.numaNodes == 2)
    #expect(cpu.affinityCores == 6 && cpu.quotaCores == 2.5 && cpu.usableCores == 3)
    #expect(cpu.virtualized == true)
    #expect(cpu.coreKinds == [.init(name: "uniform", count: 4)])
    #expect(
      cpu.caches == [
        .init(level: 1, kind: "data", bytes: 32 << 10, sharedByCores: 2, instances: 4),
        .init(level: 3, kind: "unified", bytes: 32 << 20, sharedByCores: 4, instances: 2),
      ])
    #expect(cpu.lastLevelCacheBytes == 64 << 20)
    #expect(cpu.supports(.avx512) && cpu.supports(.avx512VNNI) && cpu.supports(.avx512VBMI) && !cpu.supports(.amxInt8))
  }

  @Test("an Intel hybrid: kinds of core with their frequencies, fastest first")
  func hybrid() throws {
    let machine = try RecordedMachine.laptopIntel.describe()
    #expect(machine.name == "LENOVO ThinkPad X1")
    #expect(
      machine.cpu.coreKinds == [
        .init(name: "performance", count: 2, maximumHertz: 4_800_000_000),
        .init(name: "efficiency", count: 2, maximumHertz: 3_800_000_000),
        .init(name: "lowPower", count: 1, maximumHertz: 3_800_000_000),
      ])
    #expect(machine.cpu.physicalCores == 5 && machine.cpu.logicalCores == 7)
    #expect(machine.cpu.supports(.avxVNNI) && !machine.cpu.supports(.avx512f))
    #expect(machine.cpu.virtualized == false)
  }

  @Test("a Raspberry Pi: the core by its part number, the instruction sets by the kernel's names")
  func board() throws {
    let machine = try RecordedMachine.raspberryPi.describe()
    #expect(machine.name == "Raspberry Pi 5 Model B Rev 1.0")
    #expect(machine.cpu.architecture == "arm64" && machine.cpu.vendor == "ARM" && machine.cpu.model == "Cortex-A76")
    #expect(machine.cpu.instructionSets == ["dotprod", "fp16", "neon"])
    #expect(machine.cpu.coreKinds == [.init(name: "Cortex-A76", count: 4)])
    #expect(machine.operatingSystem?.name == "Debian GNU/Linux 13 (trixie)")
  }

  @Test("big and little cores of Arm are told apart and sorted by capacity")
  func bigLittle() throws {
    let cpu = try RecordedMachine.bigLittle.describe().cpu
    #expect(cpu.coreKinds.map(\.name) == ["Cortex-X4", "Cortex-A720", "Cortex-A520"])
    #expect(cpu.coreKinds.map(\.count) == [1, 3, 2])
    #expect(cpu.model == "Cortex-X4 + Cortex-A720 + Cortex-A520")
  }

  @Test(
    "as many threads as physical cores, but no more than affinity allows and quota pays for, and at least one",
    arguments: [
      (8, 16, 16, nil, 8), (8, 16, 3, nil, 3), (8, 16, 16, 2.0, 2), (8, 16, 16, 2.5, 3), (8, 16, 1, 4, 1),
      (8, 16, 16, 0.1, 1), (8, 16, 16, 100, 8), (nil, 4, 2, nil, 2), (nil, nil, 6, nil, 6), (nil, 4, nil, 1e300, 4),
    ] as [(Int?, Int?, Int?, Double?, Int)])
  func usable(physical: Int?, logical: Int?, affinity: Int?, quota: Double?, threads: Int) {
    let cpu = ProcessorDescription(
      architecture: "x86_64", instructionSetsSource: "none", physicalCores: physical, logicalCores: logical,
      affinityCores: affinity,
      quotaCores: quota)
    #expect(cpu.usableCores == threads)
  }

  @Test(
    "a container's quota: cpu.max of version 2, cfs_quota of version 1, none",
    arguments: [
      ([("cpu.max", "150000 100000\n")], 1.5), ([("cpu.max", "max 100000\n")], nil), ([("cpu.max", "0 100000\n")], nil),
      ([("cpu.max", "x\n")], nil), ([], nil),
    ] as [([(String, String)], Double?)])
  func quota(files: [(String, String)], cores: Double?) throws {
    var machine = RecordedMachine.container
    machine.files["/sys/fs/cgroup/cpu.max"] = nil
    for (name, text) in files { machine.files["/sys/fs/cgroup/" + name] = text }
    #expect(try machine.describe().cpu.quotaCores == cores)
  }

  @Test(
    "a quota of control groups of version 1",
    arguments: [("200000\n", 2.0), ("-1\n", nil), ("0\n", nil)] as [(String, Double?)])
  func quotaOfVersionOne(text: String, cores: Double?) throws {
    var machine = RecordedMachine.serverAMD
    let folder = "/sys/fs/cgroup/cpu,cpuacct/slice/job/"
    machine.files[folder + "cpu.cfs_quota_us"] = text
    #expect(try machine.describe().cpu.quotaCores == cores)
  }

  @Test("a machine without any files is all unknown and says so")
  func empty() throws {
    let machine = try RecordedMachine(files: [:], architecture: "riscv64").describe()
    #expect(machine.cpu.architecture == "riscv64" && machine.cpu.model == nil && machine.cpu.physicalCores == nil)
    #expect(machine.memory.totalBytes == nil && machine.memory.usableBytes == nil)
    let missing = machine.notFound.map(\.what)
    for what in [
      "processor model", "instruction sets", "total memory", "GPU", "NVIDIA GPU", "power source", "thermal zones",
    ] {
      #expect(missing.contains(what), "\(what)")
    }
  }

  @Test(
    "kernel lists are read with care",
    arguments: [
      ("0-3,8", [0, 1, 2, 3, 8]), ("5", [5]), ("", []), ("3-1", []), ("-1", []), ("0-99999999999", []), ("a,2", [2]),
      ("1-2-3", []),
    ])
  func lists(text: String, numbers: [Int]) { #expect(kernelList(text) == numbers) }
}
