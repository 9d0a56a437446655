/// Finds GPUs, NPUs and other accelerators; each finder looks at one place.
enum AcceleratorProbe {
  /// All accelerators, NVIDIA's first; what was looked for in vain goes to `missing`.
  static func accelerators(
    _ files: SystemFiles, _ calls: SystemCalls, _ missing: inout [NotFound]
  ) -> [AcceleratorDescription] {
    let devices = PCIDevice.all(files)
    var found = NVIDIAProbe.accelerators(files, calls, devices, &missing)
    found += DRMProbe.accelerators(files)
    found += AccelClassProbe.accelerators(files)
    found += CharacterDeviceProbe.accelerators(files)
    found += undriven(devices, beside: found)
    report(found, &missing)
    return found
  }

  /// Devices on the PCI bus that compute but have no driver, or one that no finder knows.
  private static func undriven(
    _ devices: [PCIDevice], beside found: [AcceleratorDescription]
  ) -> [AcceleratorDescription] {
    devices.compactMap { device in
      guard device.isDisplay || device.isProcessingAccelerator, !DRMProbe.displayOnly.contains(device.driver ?? ""),
        !found.contains(where: { $0.source.contains(device.address) }),
        !(device.vendorID == PCIDevice.nvidia && found.contains { $0.vendor == "NVIDIA" }),
        device.vendor != nil || device.isProcessingAccelerator
      else { return nil }
      let name = "PCI device \(device.identity)"
      return AcceleratorDescription(
        kind: device.isDisplay ? .gpu : .unknown, vendor: device.vendor, name: name, driver: device.driver,
        source: device.folder)
    }
  }

  private static func report(_ found: [AcceleratorDescription], _ missing: inout [NotFound]) {
    if !found.contains(where: { $0.kind == .gpu }) {
      missing.append(NotFound(what: "GPU", lookedAt: ["/sys/class/drm/card*", "/sys/bus/pci/devices/*/class"]))
    }
    if !found.contains(where: { $0.kind == .npu || $0.kind == .vpu || $0.kind == .tpu }) {
      missing.append(
        NotFound(
          what: "NPU, VPU or TPU",
          lookedAt: ["/sys/class/accel/accel*"] + CharacterDeviceProbe.places + ["/sys/bus/pci/devices/*/class"]))
    }
  }
}
