import JSON

/// What an engine's script printed, checked.
struct PythonMeasurement {
  private let promptTokens: Int
  private let generatedTokens: Int
  private let prefillSeconds: [Double]
  private let decodeSeconds: [Double]
  private let build: String

  /// Reads what the program of `setting` printed; throws a refusal that says what is wrong with it.
  init(_ text: String, _ setting: CalibrationSetting) throws(Refusal) {
    func refuse(_ what: String) -> Refusal {
      Refusal(
        .measurementFailed, "\(setting.program) printed \(what). Give the path of a Python.",
        details: ["program": setting.program])
    }
    let json: JSON
    do throws(JSON.ParseError) { json = try JSON.parse(text) } catch {
      throw refuse("no JSON, as the measuring script does: \(error)")
    }
    func tokens(_ key: String, atMost most: Int) throws(Refusal) -> Int {
      guard let value = json[key]?.integer, value >= 1, value <= most else {
        throw refuse("no number of tokens from 1 to \(most) as '\(key)'")
      }
      return value
    }
    func seconds(_ key: String) throws(Refusal) -> [Double] {
      let values = json[key]?.array ?? []
      let seconds = values.compactMap(\.double).filter { $0 > 1e-9 && $0 < 1e6 }
      guard !seconds.isEmpty, seconds.count == values.count, seconds.count <= 16 else {
        throw refuse("no list of 1 to 16 times in seconds as '\(key)'")
      }
      return seconds
    }
    promptTokens = try tokens("promptTokens", atMost: setting.prompt)
    generatedTokens = try tokens("generatedTokens", atMost: setting.generate)
    prefillSeconds = try seconds("prefillSeconds")
    decodeSeconds = try seconds("decodeSeconds")
    guard let name = json["build"]?.string, (1...200).contains(name.utf8.count),
      name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else { throw refuse("no name of 1 to 200 characters as 'build'") }
    build = name
  }

  /// The rates that it comes to.
  func run(threads: Int) -> EngineRun {
    EngineRun(
      threads: threads, promptTokens: promptTokens, decode: decodeSeconds.map { Double(generatedTokens) / $0 },
      prefill: prefillSeconds.map { Double(promptTokens) / $0 }, build: build)
  }
}
