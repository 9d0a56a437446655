import Knowledge

/// Machines as the tests describe them.
enum Machines {
  static let mac = machine(
    .macos, .arm64, "apple", [.init(.gpu, vendor: "apple", name: "Apple GPU", sharesMemory: true)])
  static let iPhone = machine(.ios, .arm64, "apple", [.init(.gpu, vendor: "apple", sharesMemory: true)])
  static let intelCPU = machine(.linux, .x86_64, "intel", [])
  static let intelGPU = machine(.linux, .x86_64, "intel", [.init(.gpu, vendor: "intel", name: "Arc B580")])
  static let intelNPU = machine(
    .windows, .x86_64, "intel",
    [.init(.gpu, vendor: "intel", sharesMemory: true), .init(.npu, vendor: "intel", name: "NPU 4000")])
  static let nvidia = machine(
    .linux, .x86_64, "intel", [.init(.gpu, vendor: "nvidia", name: "RTX 4090", computeCapability: 8.9)])
  static let jetson = machine(
    .linux, .arm64, "arm", [.init(.gpu, vendor: "nvidia", computeCapability: 8.7)], deviceClass: .jetson)
  static let snapdragonPhone = machine(
    .android, .arm64, "qualcomm", [.init(.gpu, vendor: "qualcomm"), .init(.npu, vendor: "qualcomm")])
  static let otherPhone = machine(.android, .arm64, "arm", [.init(.gpu, vendor: "arm")])
  static let windowsArm = machine(
    .windows, .arm64, "qualcomm", [.init(.gpu, vendor: "qualcomm"), .init(.npu, vendor: "qualcomm")])
  static let amdAPU = machine(
    .linux, .x86_64, "amd", [.init(.gpu, vendor: "amd", sharesMemory: true), .init(.npu, vendor: "amd")])
  static let amdGPU = machine(.linux, .x86_64, "amd", [.init(.gpu, vendor: "amd")])
  static let amdCPU = machine(.linux, .x86_64, "amd", [])
  static let raspberryPi = machine(.linux, .arm64, "arm", [], deviceClass: .singleBoard)
  static let armServer = machine(.linux, .arm64, "arm", [], deviceClass: .server)
  static let coral = machine(.linux, .arm64, "arm", [.init(.tpu, vendor: "google", name: "Coral")])
  static let hailo = machine(.linux, .arm64, "arm", [.init(.npu, vendor: "hailo", name: "Hailo-8")])
  static let riscv = machine(.linux, .riscv64, nil, [])
  static let exotic = machine(.linux, .x86_64, "amd", [.init(.neuromorphic, vendor: "brainchip", name: "Akida")])

  private static func machine(
    _ system: Situation.OperatingSystem, _ architecture: Situation.Architecture, _ vendor: String?,
    _ accelerators: [Situation.Accelerator], deviceClass: Situation.DeviceClass? = nil
  ) -> Situation.Machine {
    var machine = Situation.Machine()
    machine.operatingSystem = system
    machine.architecture = architecture
    machine.cpuVendor = vendor
    machine.accelerators = accelerators
    machine.deviceClass = deviceClass
    machine.memoryBytes = 16 << 30
    machine.usableMemoryBytes = 12 << 30
    return machine
  }
}
