/// What only calls to the kernel or the processor can tell, as values that tests replace.
package struct SystemCalls: Sendable {
  /// The kernel's name of the architecture (`x86_64`, `aarch64` ...).
  package var architecture: @Sendable () -> String?
  /// The instruction sets that the processor and the kernel together let programs use; nil when it cannot be asked.
  package var instructionSets: @Sendable () -> [InstructionSet]?
  /// The free and total bytes of the file system that holds a path.
  package var space: @Sendable (_ path: String) -> (freeBytes: Int, totalBytes: Int)?
  /// What NVIDIA's management library tells; nil when it cannot be loaded or started.
  package var nvidiaManagement: @Sendable () -> [AcceleratorDescription]?

  package init(
    architecture: @escaping @Sendable () -> String? = { nil },
    instructionSets: @escaping @Sendable () -> [InstructionSet]? = { nil },
    space: @escaping @Sendable (_ path: String) -> (freeBytes: Int, totalBytes: Int)? = { _ in nil },
    nvidiaManagement: @escaping @Sendable () -> [AcceleratorDescription]? = { nil }
  ) {
    self.architecture = architecture
    self.instructionSets = instructionSets
    self.space = space
    self.nvidiaManagement = nvidiaManagement
  }
}
