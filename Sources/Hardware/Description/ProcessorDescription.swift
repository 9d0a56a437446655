/// The processors of a machine.
package struct ProcessorDescription: Codable, Sendable, Hashable {
  /// The maker, such as `AMD`, `Intel`, `Apple`, `ARM`.
  package var vendor: String?
  /// The model as the processor or the device tree names it.
  package var model: String?
  /// `x86_64`, `arm64` or another name as the kernel gives it.
  package var architecture: String
  /// The instruction sets that programs may use, in `InstructionSet` names, sorted.
  package var instructionSets: [String]
  /// How the instruction sets were found.
  package var instructionSetsSource: String
  package var physicalCores: Int?
  package var logicalCores: Int?
  /// The kinds of core of a hybrid processor, fastest first; one entry when all are alike.
  package var coreKinds: [CoreKind]
  package var caches: [Cache]
  package var numaNodes: Int?
  /// The cores that this process may use by its affinity mask, of `logicalCores`.
  package var affinityCores: Int?
  /// The processor time that a control group grants, in cores; nil when there is no quota.
  package var quotaCores: Double?
  /// Whether the processor says that it runs under a hypervisor.
  package var virtualized: Bool?

  /// Cores that are alike.
  package struct CoreKind: Codable, Sendable, Hashable {
    /// `performance`, `efficiency`, `lowPower`, or the core's own name on ARM.
    package var name: String
    /// How many physical cores are of this kind.
    package var count: Int
    /// The highest frequency, when the kernel tells it.
    package var maximumHertz: Int?

    package init(name: String, count: Int, maximumHertz: Int? = nil) {
      self.name = name
      self.count = count
      self.maximumHertz = maximumHertz
    }
  }

  /// One kind of cache.
  package struct Cache: Codable, Sendable, Hashable {
    /// 1, 2, 3 ...
    package var level: Int
    /// `data`, `instruction` or `unified`.
    package var kind: String
    /// The size of one instance.
    package var bytes: Int
    /// How many logical cores share one instance.
    package var sharedByCores: Int
    /// How many instances there are.
    package var instances: Int

    package init(level: Int, kind: String, bytes: Int, sharedByCores: Int, instances: Int) {
      self.level = level
      self.kind = kind
      self.bytes = bytes
      self.sharedByCores = sharedByCores
      self.instances = instances
    }
  }

  package init(
    vendor: String? = nil, model: String? = nil, architecture: String, instructionSets: [String] = [],
    instructionSetsSource: String, physicalCores: Int? = nil, logicalCores: Int? = nil, coreKinds: [CoreKind] = [],
    caches: [Cache] = [], numaNodes: Int? = nil, affinityCores: Int? = nil, quotaCores: Double? = nil,
    virtualized: Bool? = nil
  ) {
    self.vendor = vendor
    self.model = model
    self.architecture = architecture
    self.instructionSets = instructionSets
    self.instructionSetsSource = instructionSetsSource
    self.physicalCores = physicalCores
    self.logicalCores = logicalCores
    self.coreKinds = coreKinds
    self.caches = caches
    self.numaNodes = numaNodes
    self.affinityCores = affinityCores
    self.quotaCores = quotaCores
    self.virtualized = virtualized
  }
}

extension ProcessorDescription {
  /// The threads that are worth starting: physical cores, cut by affinity and quota; nil when no count is known.
  package var usableCores: Int? {
    guard let cores = physicalCores ?? logicalCores else { return affinityCores }
    let allowed = min(cores, affinityCores ?? cores)
    guard let quotaCores else { return max(1, allowed) }
    return max(1, min(allowed, Int(max(1, min(quotaCores.rounded(.up), 1e6)))))
  }

  /// The size of the last level of cache, over all its instances; nil when no cache is known.
  package var lastLevelCacheBytes: Int? {
    guard let last = caches.filter({ $0.kind != "instruction" }).max(by: { $0.level < $1.level }) else { return nil }
    let (bytes, overflow) = last.bytes.multipliedReportingOverflow(by: last.instances)
    return overflow ? nil : bytes
  }

  /// Whether programs may use `set`.
  package func supports(_ set: InstructionSet) -> Bool { instructionSets.contains(set.rawValue) }
}
