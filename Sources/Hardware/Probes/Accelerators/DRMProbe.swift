/// Finds GPUs of other makers in `/sys/class/drm`.
enum DRMProbe {
  /// Drivers that only show pictures.
  static let displayOnly: Set<String> = [
    "ast", "bochs-drm", "bochs", "cirrus", "hyperv_drm", "mgag200", "qxl", "simple-framebuffer", "simpledrm",
    "vboxvideo",
    "vc4-drm", "virtio-pci", "virtio_gpu", "vmwgfx", "rockchip-drm", "tegra-drm", "imx-drm",
  ]

  static func accelerators(_ files: SystemFiles) -> [AcceleratorDescription] {
    let base = "/sys/class/drm"
    return files.entries(base).filter { $0.hasPrefix("card") && !$0.contains("-") }.prefix(64).compactMap { card in
      let folder = "\(base)/\(card)"
      let uevent = files.text(folder + "/device/uevent", cap: 4096)?.keyed(by: "=") ?? [:]
      let driver = uevent["DRIVER"]
      guard let driver, !displayOnly.contains(driver), driver != "nvidia" else { return nil }
      if let device = PCIDevice(files, folder: folder + "/device") {
        guard device.vendorID != PCIDevice.nvidia || driver == "nouveau" else { return nil }
        return onPCI(device, driver, folder, files)
      }
      guard let known = embedded[driver] else { return nil }
      let compatible = uevent["OF_COMPATIBLE_0"].map { " (\($0))" } ?? ""
      return AcceleratorDescription(
        kind: .gpu, vendor: known.vendor, name: known.name + compatible, driver: driver, unifiedMemory: true,
        source: folder + "/device/uevent")
    }
  }

  private static func onPCI(
    _ device: PCIDevice, _ driver: String, _ folder: String, _ files: SystemFiles
  ) -> AcceleratorDescription {
    let own = folder + "/device/"
    // amdgpu, i915 and xe tell the size of local memory each in a file of its own.
    let places = [own + "mem_info_vram_total", folder + "/lmem_total_bytes", own + "tile0/physical_vram_size_bytes"]
    let memory = places.lazy.compactMap { files.integer($0) }.first { $0 > 0 }
    let used = files.integer(own + "mem_info_vram_used").flatMap { $0 >= 0 ? $0 : nil }
    var unified: Bool?
    if driver == "i915" || driver == "xe" { unified = memory == nil }
    // An AMD GPU inside a processor has a small carve-out; the rest it takes from main memory.
    if driver == "amdgpu", let memory { unified = memory < (files.integer(own + "mem_info_gtt_total") ?? 0) / 2 }
    let product = files.line(own + "product_name")
    return AcceleratorDescription(
      kind: .gpu, vendor: device.vendor, name: product ?? "\(device.vendor ?? "GPU") \(device.identity)",
      memoryBytes: memory, freeMemoryBytes: memory.flatMap { total in used.map { max(0, total - $0) } }, driver: driver,
      unifiedMemory: unified, computeCapability: driver == "amdgpu" ? target(files, device) : nil,
      source: "\(folder) at \(device.address)")
  }

  /// The compiler target of an AMD GPU, from the topology of its compute driver: 110501 means gfx1151.
  private static func target(_ files: SystemFiles, _ device: PCIDevice) -> String? {
    let base = "/sys/class/kfd/kfd/topology/nodes"
    for node in files.entries(base).prefix(64) {
      let properties = files.text("\(base)/\(node)/properties")?.keyed(by: " ") ?? [:]
      guard properties["device_id"].flatMap({ Int($0) }) == device.deviceID,
        let version = properties["gfx_target_version"].flatMap({ Int($0) }), (10_000...999_999).contains(version)
      else { continue }
      return "gfx\(version / 10_000)" + String(version / 100 % 100, radix: 16) + String(version % 100, radix: 16)
    }
    return nil
  }

  private static let embedded: [String: (vendor: String, name: String)] = [
    "v3d": ("Broadcom", "VideoCore V3D"), "panfrost": ("ARM", "Mali"), "panthor": ("ARM", "Mali"),
    "mali": ("ARM", "Mali"),
    "lima": ("ARM", "Mali Utgard"), "msm": ("Qualcomm", "Adreno"), "msm_dpu": ("Qualcomm", "Adreno"),
    "etnaviv": ("Vivante", "GC"), "powervr": ("Imagination", "PowerVR"), "asahi": ("Apple", "Apple GPU"),
    "nouveau": ("NVIDIA", "NVIDIA GPU"),
  ]
}
