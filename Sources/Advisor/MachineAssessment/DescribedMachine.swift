import Evidence
import Hardware

/// What follows from a machine being described by words alone.
enum DescribedMachine {
  /// A machine of which nothing is known.
  static let blank = MachineDescription(
    name: "described machine", origin: .profile,
    cpu: ProcessorDescription(architecture: "unknown", instructionSetsSource: "not given"), memory: MemoryDescription())

  static func assumptions(_ given: MachineOverrides, base: String?) -> [Assumption] {
    var result: [Assumption] = []
    let unknown = (given.instructionSets ?? []).filter { InstructionSet(rawValue: $0) == nil }
    if !unknown.isEmpty {
      result.append(
        Assumption(
          what: "No rule knows the instruction sets \(unknown.joined(separator: ", ")).",
          effect: "They count for nothing; the known names are "
            + InstructionSet.allCases.map(\.rawValue).joined(separator: ", ") + "."))
    }
    if base == nil, given.memoryBytes != nil, given.availableMemoryBytes == nil {
      result.append(
        Assumption(
          what: "All of the memory that was given is free for a model.",
          effect: "A system and other programs take their part: give availableMemoryBytes for a safe answer."))
    }
    return result
  }
}
