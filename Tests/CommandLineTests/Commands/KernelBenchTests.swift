import JSON
import Testing

@testable import edgewise

@Suite("edgewise bench --kernels", .serialized)
struct KernelBenchTests {
  static let short = [
    "bench", "--kernels", "--quantization", "Q4_0,Q8_0", "--family", "product,silu", "--tokens", "1,8", "--shape",
    "64x256@cache", "--each", "5ms", "--tier", "scalar",
  ]

  @Test("prints the reply as JSON where no person looks")
  func json() throws {
    let child = try Child.run(Self.short)
    #expect(child.status == 0)
    #expect(child.error == "")
    let rows = KernelRow.all(try JSON.parse(child.output))
    #expect(rows.map { $0.json["format"]?.string } == ["Q4_0", "Q4_0", "Q8_0", "Q8_0", nil])
    #expect(rows.map { $0.json["tokens"]?.integer } == [1, 8, 1, 8, 16])
    #expect(rows.allSatisfy { $0.tier == "scalar" && $0.isCached })
  }

  @Test("shows a table with bars on a terminal, no wider than it is")
  func page() throws {
    let terminal = try Terminal.run(Self.short + ["--color", "never"])
    #expect(terminal.status == 0)
    for words in ["What scalar can do at most", "Products with weights in cache", "64 x 256", "SiLU gate", "Share"] {
      #expect(terminal.screen.contains(words), "\(words)")
    }
    let page = terminal.screen.split(separator: "\u{1B}[K").last ?? ""
    for line in page.split(whereSeparator: \.isNewline) where !line.contains("$ ") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test(
    "says what is wrong before it measures",
    arguments: [
      (["--kernels", "llama-3.2-1b"], "--kernels measures none"), (["--kernels", "-p", "4"], "--prompt"),
      (["--kernels", "--mapped"], "--mapped"), (["--kernels", "--cache-format", "Q8_0"], "--cache-format"),
      (["--kernels", "--batch", "8"], "--batch"), (["--tier", "all"], "give --kernels"), (["--each", "1s"], "--each"),
      (["--kernels", "--quantization", "Q9"], "no kernel for the format 'Q9'"),
      (["--kernels", "--quantization", "Q4_0,"], "empty name"), (["--kernels", "--tier", "sse9"], "scalar"),
      (["--kernels", "--family", "sorting"], "/families/0"), (["--kernels", "--tokens", "0"], "/tokens/0"),
      (["--kernels", "--shape", "64"], "--shape"), (["--kernels", "--shape", "0x256"], "/shapes/0/rows"),
      (["--kernels", "--shape", "8x33", "--quantization", "Q4_0"], "multiple of 32"),
      (["--kernels", "-t", "1000"], "threads"),
    ] as [([String], String)])
  func badInput(arguments: [String], message: String) throws {
    let child = try Child.run(["bench"] + arguments)
    #expect(child.status == 2)
    #expect(child.output == "")
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }
}
