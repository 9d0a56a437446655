import Advisor
import Evidence
import Testing

@Suite("llama.cpp's memory")
struct LlamaCppMemoryTests {
  @Test("is what llama.cpp logged, to the byte", arguments: LoggedMemory.models)
  func logged(_ model: LoggedMemory.Model) throws {
    let memory = try model.memoryModel()
    if let bytes = model.weightBytes { #expect(memory.weights?.bytes.value == bytes) }
    for row in model.rows {
      let forecast = memory.forecast(row.settings)
      let context = forecast.bytes(.kvCache) + forecast.bytes(.recurrentState)
      #expect(context == row.contextBytes, "\(model.name), \(row.text): cache")
      let output = forecast.bytes(.outputBuffer) / Double(1 << 20)
      #expect(abs(output - row.outputMebibytes) < 0.006, "\(model.name), \(row.text): output")
      let compute = try #require(forecast.terms.first { $0.purpose == .computeBuffer })
      if compute.bytes.evidence == .computed {
        let error = abs(compute.bytes.value / row.computeBytes - 1)
        #expect(error <= 0.005, "\(model.name), \(row.text): compute \(compute.bytes.value) for \(row.computeBytes)")
      } else {
        // Gemma 3n's four streams are not followed, and its numbers say so.
        #expect(model.name.hasPrefix("gemma-3n") && compute.bytes.evidence == .assumed)
      }
    }
  }

  @Test("table has models with every kind of attention, and all settings of each")
  func table() {
    #expect(LoggedMemory.models.count >= 25)
    #expect(LoggedMemory.models.reduce(0) { $0 + $1.rows.count } >= 450)
  }

  /// Published sizes, with where they are from.
  @Test(
    "agrees with published answers",
    arguments: [
      // llama.cpp's log at 512 tokens: 64.00 MiB.
      ("llama-3.1-8b", 512, 64.0 * 1_048_576),
      // 128 KiB a token: 1 GiB at 8192.
      ("llama-3.1-8b", 8192, 1_073_741_824.0),
    ])
  func published(_ name: String, _ context: Int, _ bytes: Double) throws {
    let forecast = try Advisor().memoryModel(name).forecast(MemorySettings(contextTokens: context))
    #expect(forecast.bytes(.kvCache) == bytes)
  }

  @Test("has the compute buffer that was published for Llama 3 8B, 258.50 MiB, and the second input of newer versions")
  func publishedBuffer() throws {
    let forecast = try Advisor().memoryModel("llama-3.1-8b").forecast(MemorySettings(contextTokens: 512))
    let secondInput = 4.0 * 512 * 4096
    #expect(abs((forecast.bytes(.computeBuffer) - secondInput) / 1_048_576 - 258.5) < 0.01)
  }

  @Test("gives a gpt-oss without flash attention the 16 GiB of scores that made it fail")
  func failedAllocation() throws {
    var settings = MemorySettings(contextTokens: 131_072)
    settings.usesFlashAttention = false
    let forecast = try Advisor().memoryModel("gpt-oss-20b", format: "MXFP4").forecast(settings)
    // A stored failure asked for 17,752,270,848 bytes on a GPU, inputs apart.
    #expect(abs(forecast.bytes(.computeBuffer) / 17_752_270_848 - 1) < 0.05)
  }
}
