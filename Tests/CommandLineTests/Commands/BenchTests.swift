import JSON
import Testing

@testable import edgewise

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("edgewise bench", .serialized)
struct BenchTests {
  static let short = [
    "bench", "smollm2-135m", "-p", "4", "-n", "4", "-r", "1", "--time-limit", "0.2", "--working-set", "64MiB",
  ]

  @Test("prints the reply as JSON where no person looks, and its rows on request")
  func formats() throws {
    let child = try Child.run(Self.short)
    #expect(child.status == 0)
    #expect(child.error == "")
    let reply = try JSON.parse(child.output)
    #expect(reply["prefill"]?["promptTokens"] == 4)
    #expect(reply["decode"]?["generateTokens"] == 4)
    #expect(BenchRow.all(reply).map(\.test) == ["pp4", "tg4"])
  }

  @Test("takes the format of the cache in any letter case, and the batch")
  func cache() throws {
    let child = try Child.run(Self.short + ["--cache-format", "q8_0", "--batch", "2"])
    #expect(child.status == 0, "\(child.error)")
    let reply = try JSON.parse(child.output)
    #expect(reply["cacheFormat"] == "Q8_0" && reply["batchTokens"] == 2)
    #expect(BenchRow.all(reply).allSatisfy { $0["type_k"] == "q8_0" && $0["type_v"] == "q8_0" })
  }

  @Test("shows progress and then a page on a terminal")
  func page() throws {
    let terminal = try Terminal.run(Self.short + ["--color", "never"])
    #expect(terminal.status == 0)
    for words in [
      " %", "░", "\r\u{1B}[K", "Rates", "tok/s (", "measured", "From token to token", "Memory", "Conditions",
    ] {
      #expect(terminal.screen.contains(words), "\(words)")
    }
    let page = terminal.screen.split(separator: "\u{1B}[K").last ?? ""
    for line in page.split(whereSeparator: \.isNewline) where !line.contains("$ ") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test("ends by Ctrl-C with 130 and without an answer")
  func interrupt() throws {
    var isSent = false
    let terminal = try Terminal.run(["bench", "llama-3.2-1b", "--time-limit", "600"]) { screen, process in
      guard !isSent, screen.contains("%") else { return }
      isSent = true
      kill(process, SIGINT)
    }
    #expect(terminal.status == 130)
    #expect(terminal.screen.contains("interrupted"))
    #expect(!terminal.screen.contains("Rates"))
  }

  @Test(
    "says what is wrong before it measures",
    arguments: [
      (["no-such-model"], 1, "no-such-model"), (["smollm2-135m", "-t", "0"], 2, "/threads"),
      (["smollm2-135m", "-t", "1000"], 2, "threads"), (["smollm2-135m", "-p", "0", "-n", "0"], 2, "both 0"),
      (["smollm2-135m", "-d", "9999999"], 2, "/depthTokens"), (["smollm2-135m", "--quantization", "Q9"], 2, "Q4_K_M"),
      (["smollm2-135m", "--json", "--format", "csv"], 2, "contradict"), (["-p", "many"], 2, "-p"),
      (["smollm2-135m", "--cache-format", "Q5_0"], 2, "/cacheFormat"),
      (["smollm2-135m", "--batch", "0"], 2, "/batchTokens"),
      (["smollm2-135m", "--mapped"], 2, "leave weights out"),
      (["smollm2-135m", "--format", "xml"], 2, "markdown"), (["smollm2-135m", "--time-limit", "-5"], 2, "time-limit"),
    ] as [([String], Int32, String)])
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let child = try Child.run(["bench"] + arguments)
    #expect(child.status == status)
    #expect(child.output == "")
    #expect(child.error.hasPrefix("edgewise: "))
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }
}
