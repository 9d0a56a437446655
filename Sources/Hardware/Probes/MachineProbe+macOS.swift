#if os(macOS)
  import Darwin
  import Kernels

  extension MachineProbe {
    /// Describes the Mac by `sysctl`; written for macOS, and not run by the project's tests on Linux.
    package func describe() -> MachineDescription {
      var missing: [NotFound] = []
      let total = SystemControl.integer("hw.memsize")
      var memory = MemoryDescription(
        totalBytes: total, availableBytes: availableBytes(total), swapTotalBytes: nil, swapFreeBytes: nil, limits: [])
      let graphics = graphics(total)
      if let limit = workingSetLimit(total) {
        memory.limits.append(limit)
        memory.decideUsable()
      }
      if graphics == nil { missing.append(NotFound(what: "Apple GPU", lookedAt: ["sysctl hw.optional.arm64"])) }
      let storage = StorageDescription(
        path: storagePath, freeBytes: calls.space(storagePath)?.freeBytes,
        totalBytes: calls.space(storagePath)?.totalBytes)
      missing.append(
        NotFound(what: "power source, temperatures and energy counters", lookedAt: ["sysctl has none of them"]))
      let toolchains = ToolchainProbe(files, runsVersionCommands: runsVersionCommands).toolchains(&missing)
      return MachineDescription(
        name: SystemControl.text("hw.model") ?? "this Mac", origin: .thisMachine,
        deviceClass: graphics == nil ? nil : "apple-silicon",
        operatingSystem: OperatingSystemDescription(
          family: "macos", name: SystemControl.text("kern.osproductversion").map { "macOS " + $0 },
          kernel: SystemControl.text("kern.osrelease")),
        cpu: processor(), memory: memory, accelerators: graphics.map { [$0] } ?? [], storage: storage,
        toolchains: toolchains, notFound: missing)
    }

    private func processor() -> ProcessorDescription {
      let levels = (0..<(SystemControl.integer("hw.nperflevels") ?? 0)).compactMap { level in
        SystemControl.integer("hw.perflevel\(level).physicalcpu").map { count in
          let name = SystemControl.text("hw.perflevel\(level).name")?.lowercased()
          return ProcessorDescription.CoreKind(name: name ?? "level \(level)", count: count)
        }
      }
      let model = SystemControl.text("machdep.cpu.brand_string")
      return ProcessorDescription(
        vendor: model?.hasPrefix("Apple") == true ? "Apple" : "Intel", model: model,
        architecture: ProcessorProbe.normalized(calls.architecture() ?? "unknown"),
        instructionSets: InstructionSet.names(calls.instructionSets() ?? []),
        instructionSetsSource: "sysctl hw.optional, or CPUID and XGETBV",
        physicalCores: SystemControl.integer("hw.physicalcpu"), logicalCores: SystemControl.integer("hw.logicalcpu"),
        coreKinds: levels, caches: caches())
    }

    private func caches() -> [ProcessorDescription.Cache] {
      let names = [
        (1, "data", "hw.l1dcachesize"), (1, "instruction", "hw.l1icachesize"), (2, "unified", "hw.l2cachesize"),
        (3, "unified", "hw.l3cachesize"),
      ]
      return names.compactMap { level, kind, name in
        guard let bytes = SystemControl.integer(name), bytes > 0 else { return nil }
        return ProcessorDescription.Cache(level: level, kind: kind, bytes: bytes, sharedByCores: 1, instances: 1)
      }
    }

    private func availableBytes(_ total: Int?) -> Int? {
      guard let pages = SystemControl.integer("vm.page_free_count"), let size = SystemControl.integer("hw.pagesize")
      else { return nil }
      // Purgeable and speculative pages come back on demand too.
      let more =
        (SystemControl.integer("vm.page_purgeable_count") ?? 0)
        + (SystemControl.integer("vm.page_speculative_count") ?? 0)
      return min((pages + more) * size, total ?? Int.max)
    }

    private func graphics(_ total: Int?) -> AcceleratorDescription? {
      guard SystemControl.integer("hw.optional.arm64") == 1 else { return nil }
      return AcceleratorDescription(
        kind: .gpu, vendor: "Apple", name: "Apple GPU (Metal)", memoryBytes: workingSetLimit(total)?.bytes,
        driver: "Metal", unifiedMemory: true, source: "sysctl hw.optional.arm64")
    }

    /// What the GPU may wire, when the user has set it; Metal's own default is not known to sysctl.
    private func workingSetLimit(_ total: Int?) -> MemoryLimit? {
      guard let mebibytes = SystemControl.integer("iogpu.wired_limit_mb"), mebibytes > 0 else { return nil }
      return MemoryLimit(
        kind: .acceleratorWorkingSet, bytes: mebibytes << 20, source: "sysctl iogpu.wired_limit_mb")
    }
  }

  /// Values of `sysctl` by name.
  private enum SystemControl {
    static func integer(_ name: String) -> Int? {
      var value: Int64 = 0
      var size = MemoryLayout<Int64>.size
      guard sysctlbyname(name, &value, &size, nil, 0) == 0 else { return nil }
      return size == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(value)
    }

    static func text(_ name: String) -> String? {
      var size = 0
      guard sysctlbyname(name, nil, &size, nil, 0) == 0, size > 0, size < 1 << 16 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return nil }
      let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmed
      return text.isEmpty ? nil : text
    }
  }
#endif
