import Evidence
import Hardware
import Knowledge

extension Advisor {
  /// Explains what is slow or fails on the machine and with the model that the references name.
  /// - Throws: `Refusal` when the machine, the model or the framework is not known.
  package func explain(
    metrics: DiagnosisMetrics?, logText: String?, symptom: String?, framework: String?, machine: MachineReference?,
    model: String?
  ) throws(Refusal) -> Diagnosis {
    let known = try self.machine(machine)
    var request = DiagnosisRequest()
    request.metrics = metrics
    request.logText = logText
    request.symptom = symptom
    request.framework = framework
    request.machine = Situation.Machine(troubled: known.machine)
    request.model = try model.map { name throws(Refusal) in Situation.Model(try describe(model: name)) }
    request.toolchains = Situation.Software(known.machine).toolchains
    if known.machine.origin != .thisMachine, known.machine.toolchains.isEmpty { request.toolchains = nil }
    var diagnosis = try explain(request)
    diagnosis.assumptions += known.assumptions
    if machine == nil, !request.isEmpty {
      diagnosis.assumptions.append(
        Assumption(
          what: "It happened on this machine.",
          effect: "Cores, memory and accelerators are those of this machine; give machine for a log of another."))
    }
    return diagnosis
  }
}

extension Situation.Machine {
  /// The facts of a machine, with those that matter only when something is wrong.
  init(troubled machine: MachineDescription) {
    self.init(machine)
    cpuQuotaCores = machine.cpu.quotaCores
    numaNodeCount = machine.cpu.numaNodes
    memoryLimitBytes =
      machine.memory.limits.filter { $0.kind == .controlGroupV1 || $0.kind == .controlGroupV2 }.map(\.bytes).min()
    temperatureCelsius = machine.thermalZones.map(\.temperatureCelsius).max()
  }
}
