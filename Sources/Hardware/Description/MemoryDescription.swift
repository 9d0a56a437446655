/// The main memory of a machine and everything that limits this process in using it.
package struct MemoryDescription: Codable, Sendable, Hashable {
  package var totalBytes: Int?
  /// What the kernel says could be given to a new program without swapping.
  package var availableBytes: Int?
  package var swapTotalBytes: Int?
  package var swapFreeBytes: Int?
  /// Every limit that was found, whether it binds or not.
  package var limits: [MemoryLimit]
  /// The smallest of `availableBytes` and what each limit still leaves; nil when nothing is known.
  package var usableBytes: Int?
  /// The limit that decides `usableBytes`, in the words of `MemoryLimit.kind`, or `available`.
  package var decidedBy: String?

  package init(
    totalBytes: Int? = nil, availableBytes: Int? = nil, swapTotalBytes: Int? = nil, swapFreeBytes: Int? = nil,
    limits: [MemoryLimit] = []
  ) {
    self.totalBytes = totalBytes
    self.availableBytes = availableBytes
    self.swapTotalBytes = swapTotalBytes
    self.swapFreeBytes = swapFreeBytes
    self.limits = limits
    decideUsable()
  }

  /// Sets `usableBytes` and `decidedBy` from the other values.
  package mutating func decideUsable() {
    var candidates: [(String, Int)] = []
    if let bytes = availableBytes ?? totalBytes { candidates.append(("available", bytes)) }
    for limit in limits { candidates.append((limit.kind.rawValue, limit.leftBytes)) }
    let least = candidates.min { $0.1 < $1.1 }
    usableBytes = least?.1
    decidedBy = least?.0
  }
}

/// One limit on the memory that this process may use.
package struct MemoryLimit: Codable, Sendable, Hashable {
  package var kind: Kind
  /// The limit itself.
  package var bytes: Int
  /// What is already used of it.
  package var usedBytes: Int?
  /// The part of `usedBytes` that the kernel gives back on demand: file cache.
  package var reclaimableBytes: Int?
  /// What the limit still leaves: the limit less what is used, plus what can be reclaimed; never negative.
  package var leftBytes: Int
  /// The file or call that was read.
  package var source: String

  /// What sets a limit.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// `memory.limit_in_bytes` of a version 1 control group.
    case controlGroupV1
    /// `memory.max` of a version 2 control group: beyond it processes are killed.
    case controlGroupV2
    /// `memory.high` of a version 2 control group: beyond it processes are slowed down.
    case controlGroupV2High
    /// `ulimit -v`: the address space.
    case addressSpace
    /// `ulimit -d`: the data segment.
    case dataSegment
    /// The commit limit of a kernel that does not overcommit.
    case commit
    /// The part of unified memory that the GPU may wire.
    case acceleratorWorkingSet
  }

  package init(
    kind: Kind, bytes: Int, usedBytes: Int? = nil, reclaimableBytes: Int? = nil, source: String
  ) {
    self.kind = kind
    self.bytes = bytes
    self.usedBytes = usedBytes
    self.reclaimableBytes = reclaimableBytes
    self.source = source
    let firm = max(0, (usedBytes ?? 0) - max(0, reclaimableBytes ?? 0))
    leftBytes = max(0, bytes - firm)
  }
}
