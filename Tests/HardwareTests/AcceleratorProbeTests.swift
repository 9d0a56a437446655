import Hardware
import Testing

@Suite("Probing accelerators")
struct AcceleratorProbeTests {
  @Test("an Intel laptop has its GPU once and its NPU")
  func intel() throws {
    let found = try RecordedMachine.laptopIntel.describe().accelerators
    #expect(found.map(\.kind) == [.gpu, .npu])
    #expect(found[0].vendor == "Intel" && found[0].driver == "i915" && found[0].unifiedMemory == true)
    #expect(found[1].name == "Intel NPU 8086:7d1d" && found[1].driver == "intel_vpu")
  }

  @Test("NVIDIA's tool is asked when the library is absent, and fields that are not numbers stay unknown")
  func nvidia() throws {
    let found = try RecordedMachine.withNVIDIA.describe().accelerators
    #expect(found.count == 2)
    #expect(found[0].name == "NVIDIA GeForce RTX 4090" && found[0].memoryBytes == 24564 << 20)
    #expect(found[0].freeMemoryBytes == 23000 << 20 && found[0].computeCapability == "8.9")
    #expect(found[0].driver == "580.65.06" && found[0].source == "/usr/bin/nvidia-smi")
    #expect(found[1].memoryBytes == nil && found[1].unifiedMemory == nil)
  }

  @Test(
    "a tool that fails, prints rubbish or hangs gives a GPU without details and says what was tried",
    arguments: [
      "#!/bin/sh\nexit 9\n", "#!/bin/sh\necho NVIDIA-SMI has failed\n", "#!/bin/sh\nexec sleep 100\n", "not a program",
      "#!/bin/sh\nwhile :; do echo 'x, y'; done\n",
    ])
  func brokenTool(script: String) throws {
    var machine = RecordedMachine.withNVIDIA
    machine.files["/usr/bin/nvidia-smi"] = script
    let answer = try machine.describe()
    #expect(answer.accelerators.map(\.name) == ["PCI device 10de:2684"])
    #expect(answer.accelerators.first?.driver == nil)
    let absence = try #require(answer.notFound.first { $0.what == "driver of the NVIDIA GPU on the PCI bus" })
    #expect(absence.lookedAt.contains { $0.hasPrefix("libnvidia-ml.so.1") })
  }

  @Test("the library's answer comes before the tool's")
  func library() throws {
    let told = AcceleratorDescription(kind: .gpu, vendor: "NVIDIA", name: "H200", source: "library")
    let machine = MachineProbe(
      files: SystemFiles(root: "/nonexistent", environment: [:]), calls: SystemCalls(nvidiaManagement: { [told] }))
    #expect(machine.describe().accelerators == [told])
  }

  @Test("a Raspberry Pi has its GPU but not its display engine, and the Hailo")
  func raspberryPi() throws {
    let found = try RecordedMachine.raspberryPi.describe().accelerators
    #expect(found.map(\.kind) == [.gpu, .npu])
    #expect(found[0].vendor == "Broadcom" && found[1].vendor == "Hailo")
  }

  @Test("a Jetson's GPU is in the chip, with the capability of the chip")
  func jetson() throws {
    let machine = try RecordedMachine.jetson.describe()
    #expect(machine.accelerators.count == 1)
    #expect(machine.accelerators.first?.computeCapability == "8.7")
    #expect(machine.accelerators.first?.unifiedMemory == true)
    #expect(!machine.notFound.contains { $0.what == "NVIDIA GPU" })
    #expect(machine.toolchain("cuda")?.version == "12.6.11")
    #expect(machine.toolchain("tensorrt-library")?.version == "10.3.0")
    #expect(machine.energyCounters.map(\.readable) == [true])
  }

  @Test("an AMD GPU tells its memory and its compiler target")
  func amd() throws {
    let device = "/sys/class/drm/card0/device/"
    let files = [
      device + "vendor": "0x1002\n", device + "device": "0x1586\n",
      device + "uevent": "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:c4:00.0\n", device + "mem_info_vram_total": "536870912\n",
      device + "mem_info_vram_used": "134217728\n", device + "mem_info_gtt_total": "66571993088\n",
      "/sys/class/kfd/kfd/topology/nodes/1/properties": "device_id 5510\ngfx_target_version 110501\n",
    ]
    let gpu = try #require(try RecordedMachine(files: files, architecture: "x86_64").describe().accelerators.first)
    #expect(gpu.computeCapability == "gfx1151" && gpu.unifiedMemory == true && gpu.vendor == "AMD")
    #expect(gpu.memoryBytes == 512 << 20 && gpu.freeMemoryBytes == 384 << 20)
  }

  @Test("an accelerator of an unknown kind is reported as that")
  func unknown() throws {
    let bus = "/sys/bus/pci/devices/0000:05:00.0/"
    let files = [bus + "vendor": "0xabcd\n", bus + "device": "0x0001\n", bus + "class": "0x120000\n"]
    let found = try RecordedMachine(files: files, architecture: "x86_64").describe().accelerators
    #expect(found.map(\.kind) == [.unknown])
    #expect(found.first?.name == "PCI device abcd:0001")
    let inClass = ["/sys/class/accel/accel0/device/uevent": "DRIVER=neuromorph\n"]
    #expect(
      try RecordedMachine(files: inClass, architecture: "x86_64").describe().accelerators.map(\.kind) == [.unknown])
  }

  @Test(
    "an Edge TPU on USB is found before and after its firmware is loaded",
    arguments: [("1a6e", "089a"), ("18d1", "9302")])
  func edgeTPU(vendor: String, product: String) throws {
    let files = ["/sys/bus/usb/devices/2-1/idVendor": vendor, "/sys/bus/usb/devices/2-1/idProduct": product]
    #expect(try RecordedMachine(files: files, architecture: "aarch64").describe().accelerators.map(\.kind) == [.tpu])
  }
}
