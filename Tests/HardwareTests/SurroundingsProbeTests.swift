import Hardware
import Testing

@Suite("Probing power, heat, storage, network and software")
struct SurroundingsProbeTests {
  @Test("a laptop on battery, the mouse's battery left out")
  func battery() throws {
    let machine = try RecordedMachine.laptopIntel.describe()
    #expect(machine.power?.source == .battery && machine.power?.batteryFraction == 0.63)
  }

  @Test("a machine without supplies has no power source rather than a guessed one")
  func noSupply() throws {
    #expect(try RecordedMachine.raspberryPi.describe().power == nil)
  }

  @Test("sensors that are off are left out, and throttle points are the passive ones")
  func heat() throws {
    #expect(
      try RecordedMachine.laptopIntel.describe().thermalZones == [
        ThermalZone(name: "x86_pkg_temp", temperatureCelsius: 61)
      ])
    #expect(
      try RecordedMachine.raspberryPi.describe().thermalZones
        == [ThermalZone(name: "cpu-thermal", temperatureCelsius: 52.3, throttleCelsius: 80)])
  }

  @Test("energy counters are readable, or say what to do")
  func energy() throws {
    let counter = try #require(try RecordedMachine.laptopIntel.describe().energyCounters.first)
    #expect(counter.name == "package-0" && counter.readable)
    var machine = RecordedMachine.laptopIntel
    machine.files["/sys/class/powercap/intel-rapl:0/energy_uj"] = "rubbish"
    #expect(try machine.describe().energyCounters.first?.readable == false)
  }

  @Test("storage under the folder, and what kind of disk it is")
  func storage() throws {
    let storage = try #require(try RecordedMachine.serverAMD.describe().storage)
    #expect(storage.freeBytes == 40 << 30 && storage.totalBytes == 100 << 30)
    #expect(storage.kind == "solidState" && storage.fileSystem == "ext4")
  }

  @Test("a default route over an interface that is up means connected")
  func network() throws {
    var machine = RecordedMachine.laptopIntel
    #expect(try machine.describe().network?.connected == true)
    machine.files["/sys/class/net/wlp0s20f3/operstate"] = "down\n"
    #expect(try machine.describe().network?.connected == false)
    machine.files["/proc/net/route"] = nil
    #expect(try machine.describe().network == nil)
  }

  @Test("toolchains by package lists, folders and file names, without running anything")
  func toolchains() throws {
    let machine = try RecordedMachine.laptopIntel.describe()
    #expect(machine.toolchain("openvino")?.version == "2026.1.0")
    #expect(machine.toolchain("optimum-intel")?.version == "1.22.0")
    #expect(machine.toolchain("numpy") == nil)
    #expect(machine.toolchain("cmake")?.version == "3.28.3")
    let vulkan = try #require(machine.toolchain("vulkan"))
    #expect(vulkan.version == "1.3.280" && vulkan.how.contains("intel_icd.x86_64.json"))
    let ollama = try #require(machine.toolchain("ollama"))
    #expect(ollama.version == nil && ollama.how.hasSuffix("run: /usr/bin/ollama --version"))
    let absent = machine.notFound.filter { $0.what.hasPrefix("programs: ") }
    #expect(absent.count == 1 && absent[0].what.contains("llama.cpp") && absent[0].lookedAt.contains("/usr/bin"))
  }

  @Test("a version that only the program tells is asked for on request")
  func versionCommand() throws {
    #expect(
      try RecordedMachine.laptopIntel.describe(runsVersionCommands: true).toolchain("ollama")?.version == "0.12.3")
  }
}
