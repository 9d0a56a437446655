import Advisor
package import JSON

extension Schema {
  /// What a machine is and can do, as `MachineDescription` encodes it.
  package static let machineDescription: Schema = .named(
    "MachineDescription",
    .record(
      "A machine: probed, taken from the catalogue, or described by the caller.",
      [
        .required("name", .string, "A name for people."),
        .required("origin", .string(MachineReport.origins), "Where the description comes from."),
        .optional("platform", .string, "The name in the catalogue."),
        .optional("deviceClass", .string, "The class of device in the catalogue's words."),
        .optional("operatingSystem", operatingSystem, "The system."),
        .required("cpu", cpu, "The processors."),
        .required("memory", memory, "The main memory and the limits on it."),
        .required("accelerators", .array(accelerator), "GPUs, NPUs and others."),
        .optional("storage", storage, "The file system that would hold models."),
        .optional("power", power, "What feeds the machine."),
        .required("thermalZones", .array(thermalZone), "Temperature sensors."),
        .required("energyCounters", .array(energyCounter), "Energy counters and power sensors."),
        .required("toolchains", .array(toolchain), "Runtimes, compilers and libraries that are installed."),
        .optional("network", network, "Whether it looks connected."),
        .optional("memoryBandwidthBytesPerSecond", .quantity, "How fast main memory can be read."),
        .required("givenByCaller", .array(.string), "The values that the caller gave, as dotted key paths."),
        .required("notFound", .array(notFound), "What was looked for and is absent."),
      ]))

  private static let operatingSystem = Schema.record(
    "A system.",
    [
      .required("family", .string, "linux, macos, windows, ios or android."),
      .optional("name", .string, "The product with its version."),
      .optional("kernel", .string, "The version of the kernel."),
      .optional("container", .string, "The kind of container, when there is a sign of one."),
    ])

  private static let cpu = Schema.record(
    "The processors.",
    [
      .optional("vendor", .string, "The maker."),
      .optional("model", .string, "The model."),
      .required("architecture", .string, "x86_64, arm64 or another; unknown when nobody said."),
      .required("instructionSets", .array(.string), "What programs may use."),
      .required("instructionSetsSource", .string, "How the instruction sets were found."),
      .optional("physicalCores", .integer(1...), "Physical cores."),
      .optional("logicalCores", .integer(1...), "Logical cores."),
      .required(
        "coreKinds",
        .array(
          .record([
            .required("name", .string, "performance, efficiency, lowPower, uniform, or the core's own name."),
            .required("count", .integer(1...), "Physical cores of this kind."),
            .optional("maximumHertz", .integer(1...), "The highest frequency."),
          ])), "Kinds of core, fastest first."),
      .required(
        "caches",
        .array(
          .record([
            .required("level", .integer(1...8), "1, 2, 3 ..."),
            .required("kind", .string, "data, instruction or unified."),
            .required("bytes", .integer(1...), "The size of one."),
            .required("sharedByCores", .integer(1...), "Logical cores that share one."),
            .required("instances", .integer(1...), "How many there are."),
          ])), "Caches by level."),
      .optional("numaNodes", .integer(1...), "NUMA nodes."),
      .optional("affinityCores", .integer(1...), "Logical cores that this process may use."),
      .optional("quotaCores", .number(above: 0), "Processor time that a control group grants, in cores."),
      .optional("virtualized", .boolean, "Whether it runs under a hypervisor."),
    ])

  private static let memory = Schema.record(
    "The main memory.",
    [
      .optional("totalBytes", .integer(0...), "All of it."),
      .optional("availableBytes", .integer(0...), "What could be given to a program without swapping."),
      .optional("swapTotalBytes", .integer(0...), "Swap."),
      .optional("swapFreeBytes", .integer(0...), "Free swap."),
      .required(
        "limits",
        .array(
          .record([
            .required("kind", .string(MachineReport.limitKinds), "What sets the limit."),
            .required("bytes", .integer(0...), "The limit."),
            .optional("usedBytes", .integer(0...), "What is used of it."),
            .optional("reclaimableBytes", .integer(0...), "The part of that which the kernel gives back: file cache."),
            .required("leftBytes", .integer(0...), "What the limit still leaves."),
            .required("source", .string, "What was read."),
          ])), "Every limit that was found."),
      .optional("usableBytes", .integer(0...), "The least that availability and limits leave."),
      .optional("decidedBy", .string, "The limit that decides usableBytes, or available."),
    ])

  private static let accelerator = Schema.record(
    "An accelerator.",
    [
      .required("kind", .string(MachineReport.acceleratorKinds), "What it is."),
      .optional("vendor", .string, "Who makes it."),
      .required("name", .string, "What it is called."),
      .optional("memoryBytes", .integer(0...), "Memory of its own, or the part of main memory that it may use."),
      .optional("freeMemoryBytes", .integer(0...), "What of that is free."),
      .optional("driver", .string, "The driver; absent when none is bound."),
      .optional("unifiedMemory", .boolean, "Whether it shares main memory."),
      .optional("computeCapability", .string, "CUDA compute capability or AMD target."),
      .optional("peakTeraOperationsPerSecond", .number(0...), "The maker's peak, in 10^12 operations a second."),
      .optional("memoryBandwidthBytesPerSecond", .quantity, "How fast it reads memory of its own."),
      .required("source", .string, "What was read to find it."),
    ])

  private static let storage = Schema.record(
    "A file system.",
    [
      .required("path", .string, "The folder that was asked about."),
      .optional("freeBytes", .integer(0...), "What may still be written."),
      .optional("totalBytes", .integer(0...), "Its size."),
      .optional("kind", .string, "solidState, rotating, memory or network."),
      .optional("fileSystem", .string, "Its type."),
    ])

  private static let power = Schema.record(
    "Power.",
    [
      .required("source", .string(MachineReport.powerSources), "What feeds the machine."),
      .optional("batteryFraction", .number(0...1), "The charge."),
      .required("evidence", .string, "What was read."),
    ])

  private static let thermalZone = Schema.record(
    "A temperature sensor.",
    [
      .required("name", .string, "Its name."),
      .required("temperatureCelsius", .number, "What it shows."),
      .optional("throttleCelsius", .number, "Where the kernel begins to slow down."),
    ])

  private static let energyCounter = Schema.record(
    "An energy counter.",
    [
      .required("name", .string, "The domain."),
      .required("path", .string, "The file."),
      .required("readable", .boolean, "Whether it can be read."),
      .optional("reason", .string, "Why not, and what to do."),
    ])

  private static let toolchain = Schema.record(
    "An installed program or library.",
    [
      .required("name", .string, "Its usual name."),
      .optional("version", .string, "Its version."),
      .required("path", .string, "Where it is."),
      .required("how", .string, "What told the version, or which command would."),
    ])

  private static let network = Schema.record(
    "The network.",
    [
      .required("connected", .boolean, "Whether there is a default route over an interface that is up."),
      .optional("interface", .string, "The interface."),
      .required("evidence", .string, "What was read."),
    ])

  private static let notFound = Schema.record(
    "Something absent.",
    [
      .required("what", .string, "What was looked for."),
      .required("lookedAt", .array(.string, count: 1...Int.max), "Where."),
    ])
}
