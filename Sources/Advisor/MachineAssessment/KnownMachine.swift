package import Evidence
package import Hardware
package import Knowledge

/// A machine that a question is about, with what had to be taken for granted to describe it.
package struct KnownMachine: Sendable, Hashable {
  package var machine: MachineDescription
  /// The record of the catalogue that it was described from, when it was.
  package var platform: PlatformRecord?
  package var assumptions: [Assumption]

  package init(machine: MachineDescription, platform: PlatformRecord? = nil, assumptions: [Assumption] = []) {
    self.machine = machine
    self.platform = platform
    self.assumptions = assumptions
  }

  /// Whether the values were probed here, so that measuring tells about the same machine.
  package var isHere: Bool { machine.origin == .thisMachine }
}
