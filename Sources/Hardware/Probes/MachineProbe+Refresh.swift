extension MachineProbe {
  /// A machine that was described earlier as it is now: what changes while it runs is read again, in a fraction of a
  /// millisecond.
  ///
  /// That is memory, power and the cores that this process may use.
  package func refresh(_ machine: MachineDescription) -> MachineDescription {
    #if os(Linux) || os(Android)
      var machine = machine
      var missing: [NotFound] = []
      machine.memory = MemoryProbe.memory(files, &missing)
      machine.power = PowerProbe.power(files, &missing)
      let online = kernelList(files.line(ProcessorProbe.base + "/online") ?? "")
      ProcessorProbe.readGrant(files, online: online, into: &machine.cpu)
      return machine
    #else
      return describe()
    #endif
  }
}
