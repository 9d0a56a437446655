#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// NVIDIA's management library, opened at run time, so that nothing needs it to be installed.
enum NVIDIAManagement {
  /// The GPUs that the library lists; nil when it is absent or does not start.
  @Sendable
  static func accelerators() -> [AcceleratorDescription]? {
    // Without the driver's control device the library would only fail later and slower. WSL has another one.
    guard access("/dev/nvidiactl", F_OK) == 0 || access("/dev/dxg", F_OK) == 0,
      let handle = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL)
    else { return nil }
    defer { dlclose(handle) }
    guard let library = Library(handle), library.start() == 0 else { return nil }
    defer { _ = library.stop() }
    var count: UInt32 = 0
    guard library.count(&count) == 0 else { return nil }
    let driver = text { library.driver($0, $1) }
    return (0..<min(count, 64)).compactMap { index in
      var device: OpaquePointer?
      guard library.device(index, &device) == 0 else { return nil }
      let name = text { library.name(device, $0, $1) } ?? "NVIDIA GPU \(index)"
      // nvmlMemory_t: total, free and used bytes.
      var memory: (UInt64, UInt64, UInt64) = (0, 0, 0)
      let hasMemory = library.memory(device, &memory) == 0
      var (major, minor): (Int32, Int32) = (0, 0)
      let hasCapability = library.capability(device, &major, &minor) == 0
      return AcceleratorDescription(
        kind: .gpu, vendor: "NVIDIA", name: name, memoryBytes: hasMemory ? Int(clamping: memory.0) : nil,
        freeMemoryBytes: hasMemory ? Int(clamping: memory.1) : nil, driver: driver,
        unifiedMemory: hasMemory ? false : nil, computeCapability: hasCapability ? "\(major).\(minor)" : nil,
        source: "libnvidia-ml.so.1")
    }
  }

  private static func text(_ read: (UnsafeMutablePointer<CChar>, UInt32) -> Int32) -> String? {
    var buffer = [CChar](repeating: 0, count: 96)
    let status = buffer.withUnsafeMutableBufferPointer { bytes in
      bytes.baseAddress.map { read($0, UInt32(bytes.count)) } ?? -1
    }
    guard status == 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The functions that are used, with the signatures of `nvml.h`; each returns 0 for success.
  private struct Library {
    typealias Plain = @convention(c) () -> Int32
    typealias Count = @convention(c) (UnsafeMutablePointer<UInt32>) -> Int32
    typealias Text = @convention(c) (UnsafeMutablePointer<CChar>, UInt32) -> Int32
    typealias Device = @convention(c) (UInt32, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    typealias DeviceText = @convention(c) (OpaquePointer?, UnsafeMutablePointer<CChar>, UInt32) -> Int32
    typealias Memory = @convention(c) (OpaquePointer?, UnsafeMutableRawPointer) -> Int32
    typealias Capability =
      @convention(c) (
        OpaquePointer?, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
      ) -> Int32

    let start: Plain
    let stop: Plain
    let count: Count
    let driver: Text
    let device: Device
    let name: DeviceText
    let memory: Memory
    let capability: Capability

    init?(_ handle: UnsafeMutableRawPointer) {
      guard let start = dlsym(handle, "nvmlInit_v2"), let stop = dlsym(handle, "nvmlShutdown"),
        let count = dlsym(handle, "nvmlDeviceGetCount_v2"), let driver = dlsym(handle, "nvmlSystemGetDriverVersion"),
        let device = dlsym(handle, "nvmlDeviceGetHandleByIndex_v2"), let name = dlsym(handle, "nvmlDeviceGetName"),
        let memory = dlsym(handle, "nvmlDeviceGetMemoryInfo"),
        let capability = dlsym(handle, "nvmlDeviceGetCudaComputeCapability")
      else { return nil }
      self.start = unsafeBitCast(start, to: Plain.self)
      self.stop = unsafeBitCast(stop, to: Plain.self)
      self.count = unsafeBitCast(count, to: Count.self)
      self.driver = unsafeBitCast(driver, to: Text.self)
      self.device = unsafeBitCast(device, to: Device.self)
      self.name = unsafeBitCast(name, to: DeviceText.self)
      self.memory = unsafeBitCast(memory, to: Memory.self)
      self.capability = unsafeBitCast(capability, to: Capability.self)
    }
  }
}
