import Evidence
import Hardware
package import Knowledge

extension KnownMachine {
  /// The share of memory that is kept for the system where the catalogue gives none.
  private static let reserveFraction = 0.15

  /// A platform of the catalogue, with `memoryBytes` of memory, or else the most that it is sold with.
  package init(_ record: PlatformRecord, memoryBytes: Int? = nil) {
    var assumptions: [Assumption] = []
    let options = record.memoryBytesOptions
    let isDevice = record.deviceClass == "gpu" || record.deviceClass == "accelerator"
    let bytes = isDevice ? memoryBytes : memoryBytes ?? options.last
    if let chosen = isDevice ? options.last : bytes, memoryBytes == nil, options.count > 1 {
      let sizes = options.map { "\($0 >> 30)" }.joined(separator: ", ")
      assumptions.append(
        Assumption(
          what: "It is the variant with \(chosen >> 30) GiB of memory, of those with \(sizes).",
          effect: "A smaller one holds less: give memoryBytes"
            + (isDevice ? " of the accelerator." : " with this platform as base.")))
    }
    if isDevice {
      assumptions.append(
        Assumption(
          what: "The computer that holds it is not part of the record: its processor and main memory are unknown.",
          effect: "What does not fit on the accelerator is not judged: describe the computer as well."))
    }
    let memory = Self.memory(record, bytes, &assumptions)
    var machine = MachineDescription(
      name: record.name, origin: .platformCatalogue, platform: record.id, deviceClass: record.deviceClass,
      operatingSystem: record.operatingSystemFamily.map { OperatingSystemDescription(family: $0) },
      cpu: record.processor, memory: memory, accelerators: record.accelerators(memory: memory))
    if !isDevice { machine.memoryBandwidthBytesPerSecond = record.bandwidth }
    if record.memoryBandwidthGigabytesPerSecond != nil {
      assumptions.append(
        Assumption(
          what: "The memory bandwidth is the peak of the bus, as published.",
          effect: "Programs reach about 60 to 80 % of it: measure on the device with hardware/assess."))
    }
    self.init(machine: machine, platform: record, assumptions: assumptions)
  }

  private static func memory(
    _ record: PlatformRecord, _ bytes: Int?, _ assumptions: inout [Assumption]
  ) -> MemoryDescription {
    guard let bytes else { return MemoryDescription() }
    var memory = MemoryDescription(totalBytes: bytes)
    if let fraction = record.usableMemoryFraction {
      memory.limits = [
        MemoryLimit(
          kind: .acceleratorWorkingSet, bytes: Int(Double(bytes) * fraction),
          source: "\(fraction) of the memory: \(record.source)")
      ]
    } else {
      memory.availableBytes = Int(Double(bytes) * (1 - reserveFraction))
      assumptions.append(
        Assumption(
          what: "15 % of the memory is taken by the system, and nothing else runs.",
          effect: "Give availableMemoryBytes if more is running."))
    }
    memory.decideUsable()
    return memory
  }
}
