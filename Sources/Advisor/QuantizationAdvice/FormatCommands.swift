import Knowledge
import ModelFiles

/// The commands that make and run a format, with the names of this model and device filled in.
struct FormatCommands {
  let question: QuantizationQuestion
  let framework: Framework
  let device: QuantizationDevice

  func commands(_ record: QuantizationRecord) -> [String] {
    if framework == .llamaCpp, question.model.origin == .file { return fromFile(record) }
    if framework == .olive, device == .npu { return neuralOlive() }
    let repository = ShellWord.quoted(question.repository ?? CommandTemplates.unnamedRepository)
    return record.commands.map {
      $0.replacing("{repository}", with: repository).replacing("{device}", with: device.rawValue.uppercased())
        .replacing("{provider}", with: provider)
    }
  }

  /// Quantizing a GGUF file that is already here.
  private func fromFile(_ record: QuantizationRecord) -> [String] {
    let path = ShellWord.quoted(question.model.source)
    let present = (question.model.fileType ?? question.model.dominantFormat)?.uppercased()
    if present == record.name { return ["llama-cli -m \(path) -p \"Hello\" -n 128"] }
    let output = "model-\(record.name).gguf"
    let is16Bit = ["F16", "BF16", "F32"].contains(present ?? "")
    var commands: [String] = []
    var quantize = "llama-quantize"
    if record.importanceMatrix == .recommended || record.importanceMatrix == .required {
      commands.append("llama-imatrix -m \(path) -f calibration.txt -o imatrix.gguf")
      quantize += " --imatrix imatrix.gguf"
    }
    if !is16Bit { quantize += " --allow-requantize" }
    commands.append("\(quantize) \(path) \(output) \(record.name)")
    commands.append("llama-cli -m \(output) -p \"Hello\" -n 128")
    return commands
  }

  private func neuralOlive() -> [String] {
    let accelerator = question.situation.machine.accelerators?.first { $0.kind == .npu }
    return SelectionTables.shared.commands[Framework.olive.index].commands(
      [.convert], machine: question.situation.machine, accelerator: accelerator,
      repository: question.repository.map(ShellWord.quoted), model: nil
    ).values.map(\.line)
  }

  /// ONNX Runtime's name of what the device needs.
  private var provider: String {
    guard device == .gpu else { return "cpu" }
    let gpu = question.situation.machine.accelerators?.first { $0.kind == .gpu }
    if gpu?.vendor == "nvidia" { return "cuda" }
    return question.situation.machine.operatingSystem == .windows ? "dml" : "webgpu"
  }
}
