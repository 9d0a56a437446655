import ArgumentParser
import JSON
import Service

/// `edgewise assess`: what a machine can do.
struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Tell what this machine, or another one, can do.",
    usage: "edgewise assess [options]",
    discussion: """
      Examples:
        edgewise assess
        edgewise assess --measure              also the rates of memory and kernels
        edgewise assess --save machine.json    measured, for --machine elsewhere
        edgewise assess --machine rpi5         a platform of the catalogue
        edgewise assess --list apple           the platforms with this name
      """)

  @Flag(help: "Measure the read bandwidth and the rates of the kernels for each format.")
  var measure = false

  @Flag(help: "Measure anew although a profile of this machine is kept.")
  var refresh = false

  @Option(help: ArgumentHelp("Measure, and write the profile to a file for --machine elsewhere.", valueName: "file"))
  var save: String?

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("With --measure, a numeric format to measure; may be given again.", valueName: "format"))
  var formats: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("With --measure, the kernel threads.", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("With --measure, about how long it may take.", valueName: "time"))
  var budget: Seconds?

  @Option(help: ArgumentHelp("A folder on the storage for models, for its free space.", valueName: "folder"))
  var storage: String?

  @Flag(help: "Run installed programs for versions that no file tells.")
  var toolchains = false

  @OptionGroup var machine: MachineOptions

  @Flag(help: "Show where was looked for what was not found.")
  var all = false

  @Flag(help: "List the platforms of the catalogue, all or those whose names contain the text.")
  var list = false

  @Argument(help: ArgumentHelp("With --list, a part of the names to show.", valueName: "text"))
  var text: String?

  @Option(help: ArgumentHelp("Suppose that the machine has this much memory, such as 8GiB.", valueName: "size"))
  var memory: ByteSize?

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  func validate() throws {
    if let text, !list { throw ValidationError("Unexpected argument '\(text)'; --machine names a machine") }
  }

  mutating func run() async throws {
    var params = Parameters()
    if list {
      params.set("containing", text)
      return try await Question.show(HardwareList.name, params.json, output) { MachinePage.list($0, on: &$1) }
    }
    let all = all
    params.set("machine", try machine.reference(memory: memory))
    params.set("measure", flag: measure || refresh || save != nil)
    params.set("refresh", flag: refresh)
    params.set("formats", formats)
    params.set("threads", threads)
    params.set("timeBudgetSeconds", budget?.value)
    params.set("storagePath", storage)
    params.set("toolchainVersions", flag: toolchains)
    let save = save
    try await Question.show(
      HardwareAssess.name, params.json, isQuiet: progress.quiet, output,
      then: { if let save { try ProfileFile.write($0, to: save) } }
    ) {
      MachinePage.show($0, all: all, on: &$1)
    }
  }
}
