/// Looks at a machine: files below a root, and the few calls that no file replaces.
package struct MachineProbe: Sendable {
  package let files: SystemFiles
  package let calls: SystemCalls
  /// The folder whose file system would hold models.
  package let storagePath: String
  /// Whether programs that tell their version in no file may be run for it, each with a deadline.
  package let runsVersionCommands: Bool

  package init(
    files: SystemFiles = .thisMachine, calls: SystemCalls = .thisMachine, storagePath: String? = nil,
    runsVersionCommands: Bool = false
  ) {
    self.files = files
    self.calls = calls
    self.storagePath = storagePath ?? files.environment["HOME"] ?? "/"
    self.runsVersionCommands = runsVersionCommands
  }
}

#if os(Linux) || os(Android)
  extension MachineProbe {
    /// Describes the machine; takes milliseconds and starts no program unless asked to or an NVIDIA driver needs one.
    package func describe() -> MachineDescription {
      var missing: [NotFound] = []
      let cpu = ProcessorProbe.processor(files, calls, &missing)
      let memory = MemoryProbe.memory(files, &missing)
      let zones = ThermalProbe.zones(files)
      if zones.isEmpty {
        missing.append(NotFound(what: "thermal zones", lookedAt: ["/sys/class/thermal/thermal_zone*"]))
      }
      let board = files.line("/proc/device-tree/model") ?? product
      let accelerators = AcceleratorProbe.accelerators(files, calls, &missing)
      let storage = StorageProbe.storage(files, calls, path: storagePath, &missing)
      let power = PowerProbe.power(files, &missing)
      let energy = EnergyProbe.counters(files, &missing)
      let toolchains = ToolchainProbe(files, runsVersionCommands: runsVersionCommands).toolchains(&missing)
      let network = NetworkProbe.network(files, &missing)
      return MachineDescription(
        name: board ?? cpu.model ?? "this machine", origin: .thisMachine,
        deviceClass: DeviceClassProbe.deviceClass(files, power: power),
        operatingSystem: OperatingSystemProbe.operatingSystem(files), cpu: cpu, memory: memory,
        accelerators: accelerators, storage: storage, power: power, thermalZones: zones, energyCounters: energy,
        toolchains: toolchains, network: network, notFound: missing)
    }

    /// The maker's name of the machine; firmware that was never filled in says nothing.
    private var product: String? {
      guard let name = files.line("/sys/class/dmi/id/product_name"),
        !["To be filled by O.E.M.", "System Product Name", "Default string", "None", "Not Specified"].contains(name)
      else { return nil }
      let maker = files.line("/sys/class/dmi/id/sys_vendor").map { $0 + " " } ?? ""
      return maker + name
    }
  }
#endif
