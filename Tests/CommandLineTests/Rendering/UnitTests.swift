import JSON
import Testing

@testable import edgewise

@Suite("Numbers and units")
struct UnitTests {
  @Test(
    "Values are shown in the multiple that reads best",
    arguments: [
      (Unit.bytes, 0.0, "0 B"), (.bytes, 512, "512 B"), (.bytes, 1536, "1.50 KiB"), (.bytes, 1_073_741_824, "1.00 GiB"),
      (.bytes, 5_368_709_120, "5.00 GiB"), (.bytes, 1_073_741_823, "1.00 GiB"), (.bytesPerSecond, 12.5e9, "12.5 GB/s"),
      (.tokensPerSecond, 14.23, "14.2 tok/s"), (.tokensPerSecond, 1234.5, "1235 tok/s"),
      (.tokensPerSecond, 0.042, "0.0420 tok/s"), (.seconds, 0, "0 ns"), (.seconds, 0.0000123, "12.3 µs"),
      (.seconds, 0.0705, "70.5 ms"), (.seconds, 1.5, "1.50 s"), (.seconds, 119, "119 s"), (.seconds, 150, "2.50 min"),
      (.fraction, 0.623, "62.3 %"), (.fraction, 0.05, "5.0 %"), (.fraction, 1, "100 %"),
      (.tokens, 131072, "131,072 tokens"),
      (.hertz, 2.4e9, "2.40 GHz"), (.operationsPerSecond, 3.1e11, "310 GOP/s"), (.watts, 0.5, "500 mW"),
      (.count, 1234567, "1,234,567"), (.count, 4.5, "4.50"), (.celsius, 71, "71.0 °C"), (.bits, 4.5, "4.50 bits"),
    ] as [(Unit, Double, String)])
  func multiples(unit: Unit, value: Double, text: String) {
    #expect(unit.text(value) == text)
  }

  @Test(
    "The ending of a key names the unit",
    arguments: [
      ("memoryBytes", Unit.bytes), ("bandwidthBytesPerSecond", .bytesPerSecond),
      ("decodeTokensPerSecond", .tokensPerSecond), ("latencySeconds", .seconds), ("cpuFraction", .fraction),
      ("contextTokens", .tokens), ("layers", .count), ("bytes", .bytes), ("bitsPerWeight", .bits),
    ])
  func keys(key: String, unit: Unit) { #expect(Unit(ofKey: key) == unit) }

  @Test(
    "Numbers are rounded half away from zero and keep their whole digits",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.001, 2, "0.00"), (1e18, 0, "1000000000000000000"), (2.5, 0, "3"),
      (.nan, 1, "not a number"), (.infinity, 1, "infinity"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, decimals: Int, text: String) { #expect(Digits.fixed(value, decimals: decimals) == text) }

  @Test("Thousands are grouped", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567")])
  func grouped(value: Int, text: String) { #expect(Digits.grouped(value) == text) }

  @Test("A number of any size is shown without a trap", arguments: Unit.allCases)
  func extremes(unit: Unit) {
    for value in [0, -0.0, 1e300, -1e300, Double.leastNonzeroMagnitude, .infinity, .nan, 9.3e18, 1e15] {
      #expect(!unit.text(value).isEmpty)
    }
  }

  @Test("A quantity shows its interval, evidence and samples")
  func amount() throws {
    let json: JSON = [
      "decodeTokensPerSecond": [
        "value": 14.2, "low": 13.5, "high": 14.8, "evidence": "measured", "samples": 24, "source": "benchmark",
      ]
    ]
    let amount = try #require(Amount(json, "decodeTokensPerSecond"))
    #expect(amount.long(Screen()) == "14.2 tok/s (13.5–14.8, measured, 24 samples)")
    #expect(amount.long(Screen(isUnicode: false)) == "14.2 tok/s (13.5-14.8, measured, 24 samples)")
    #expect(amount.marked(Screen()) == "14.2 tok/s ●")
    #expect(amount.marked(Screen(isUnicode: false)) == "14.2 tok/s *")
  }

  @Test("The ends of an interval are in the multiple of the value")
  func interval() throws {
    let json: JSON = ["value": 1_100_000_000, "low": 900_000_000, "high": 1_300_000_000, "evidence": "computed"]
    let amount = try #require(Amount(json, unit: .bytes))
    #expect(amount.long(Screen()) == "1.02 GiB (0.838–1.21, computed)")
  }

  @Test("A bare number is exact, and other values are no numbers")
  func bare() {
    #expect(Amount(["memoryBytes": 1024], "memoryBytes")?.long(Screen()) == "1.00 KiB")
    #expect(Amount(["memoryBytes": "1024"], "memoryBytes") == nil)
    #expect(Amount(nil, "memoryBytes") == nil)
  }
}
