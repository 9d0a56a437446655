import Hardware
package import JSON

extension Schema {
  /// Which machine a question is about.
  package static let machineReference: Schema = .named(
    "MachineReference",
    .oneOf([
      .text, .object("A machine in the caller's words.", machineMembers), machineDescription,
      machineProfile,
    ]))

  /// The optional parameter that names a machine.
  package static let machine: Member = .optional(
    "machine", machineReference,
    "Absent for this machine; a platform's name from hardware/list; or an object that describes one.")

  private static let machineMembers: [Member] = [
    .optional("base", .text, "What the other fields replace values of: here, or a platform's name."),
    .optional("name", .text, "A name for people."),
    .optional("deviceClass", .text, "The class of device, such as sbc, phone or x86-laptop."),
    .optional("operatingSystem", .text, "linux, macos, windows, ios or android."),
    .optional("cpuVendor", .text, "Who designed the CPU, such as Intel, AMD, Apple or ARM."),
    .optional("cpuModel", .text, "The CPU's model name."),
    .optional("architecture", .text, "x86_64 or arm64."),
    .optional("instructionSets", .array(.text, count: 0...256), "Usable instruction sets, such as avx2 or dotprod."),
    .optional("physicalCores", .integer(1...65536), "Physical cores."),
    .optional("logicalCores", .integer(1...65536), "Logical cores."),
    .optional("memoryBytes", .integer(1...(1 << 50)), "Total main memory."),
    .optional("availableMemoryBytes", .integer(0...(1 << 50)), "What of it a model may use."),
    .optional(
      "memoryBandwidthBytesPerSecond", .number(above: 0, through: 1e15),
      "How fast main memory can be read."),
    .optional(
      "accelerators", .array(accelerator, count: 0...64), "GPUs, NPUs and others; an empty list says there are none."),
    .optional("storageFreeBytes", .integer(0...(1 << 60)), "Free storage."),
    .optional("powerSource", .cases(PowerDescription.Source.self), "What powers the machine."),
    .optional("connected", .boolean, "Whether it can reach a network."),
    .optional("toolchains", .array(.text, count: 0...256), "The names of installed toolchains."),
  ]

  private static let accelerator: Schema = .object(
    "An accelerator in the caller's words.",
    [
      .required("kind", .cases(AcceleratorDescription.Kind.self), "What it is."),
      .optional("vendor", .text, "Who makes it."),
      .required("name", .text, "What it is called."),
      .optional("memoryBytes", .integer(0...(1 << 50)), "Memory that it can hold a model in."),
      .optional("unifiedMemory", .boolean, "Whether it shares main memory."),
      .optional("computeCapability", .text, "NVIDIA's compute capability, such as 8.7."),
    ])
}
