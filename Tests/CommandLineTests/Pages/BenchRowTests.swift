import JSON
import Testing

@testable import edgewise

@Suite("Benchmarks for programs")
struct BenchRowTests {
  /// Two prompts of 4 tokens, and five tokens decoded in generations of two.
  static let reply: JSON = [
    "model": [
      "name": "tiny", "origin": "/models/ti\"ny|.gguf", "source": "file", "architecture": "llama",
      "quantization": "Q4_0", "parameterCount": 1_235_814_400, "weightBytes": 770_000_000,
    ],
    "threads": 2, "kernelTier": "avx2", "startedAt": "2026-11-23T06:41:10Z",
    "environment": ["cpuModel": "Test CPU"],
    "prefill": ["promptTokens": 4, "depthTokens": 0, "seconds": ["samples": [0.5, 0.25]]],
    "decode": [
      "generateTokens": 2, "depthTokens": 64,
      "interTokenLatencySeconds": ["samples": [0.1, 0.1, 0.2, 0.3, 9.0]],
    ],
  ]

  @Test("A generation is the sum of its tokens, and an incomplete one is left out")
  func generations() {
    #expect(
      BenchRow.generations([0.1, 0.1, 0.2, 0.3, 9], of: 2).map { Digits.fixed($0, decimals: 6) } == [
        "0.200000", "0.500000",
      ])
    #expect(BenchRow.generations([0.5, 0.5], of: 4) == [2])
    #expect(BenchRow.generations([], of: 4) == [])
    #expect(BenchRow.generations([1], of: 0) == [])
  }

  @Test("Rows carry llama-bench's names with llama-bench's meaning")
  func rows() throws {
    let rows = BenchRow.all(Self.reply)
    #expect(rows.map(\.test) == ["pp4", "tg2 @ d64"])
    let prefill = try #require(rows.first)
    #expect(prefill["avg_ns"] == 375_000_000)
    #expect(prefill["stddev_ns"] == 176_776_695)
    #expect(prefill["avg_ts"] == 12.0)
    #expect(prefill["n_prompt"] == 4)
    #expect(prefill["n_gen"] == 0)
    #expect(prefill["model_size"] == 770_000_000)
    #expect(prefill["test_time"] == "2026-11-23T06:41:10Z")
    #expect(rows[1]["n_depth"] == 64)
    #expect(rows[1].samplesNanoseconds == [200_000_000, 500_000_000])
  }

  @Test("Each line of JSON Lines is an object with its samples")
  func lines() throws {
    let lines = try BenchRows.lines(Self.reply).split(separator: "\n").map { try JSON.parse(String($0)) }
    #expect(lines.count == 2)
    #expect(lines[0]["samples_ts"] == [8.0, 16.0])
    #expect(lines[1]["samples_ns"] == [200_000_000, 500_000_000])
  }

  @Test("Every value of CSV is quoted, and the heading names each column")
  func csv() {
    let lines = BenchRows.csv(Self.reply).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("cpu_info,backends,model_filename"))
    #expect(lines[1].contains("\"/models/ti\"\"ny|.gguf\""))
    #expect(lines[1].contains("\"12.0\""))
    #expect(!lines[0].contains("samples"))
  }

  @Test("The markdown table is llama-bench's")
  func markdown() {
    #expect(
      BenchRows.markdown(Self.reply) == """
        | model             |    size | params | backend | threads |      test |          t/s |
        | ----------------- | ------: | -----: | ------- | ------: | --------: | -----------: |
        | llama 1.24 B Q4_0 | 734 MiB | 1.24 B | CPU     |       2 |       pp4 | 12.00 ± 5.66 |
        | llama 1.24 B Q4_0 | 734 MiB | 1.24 B | CPU     |       2 | tg2 @ d64 |  7.00 ± 4.24 |

        """)
  }

  @Test("A reply without measurements has no rows")
  func empty() throws {
    #expect(BenchRow.all([:]).isEmpty)
    #expect(BenchRows.csv([:]) == "")
    #expect(try BenchRows.lines([:]) == "")
  }

  @Test("The spread of samples is a picture")
  func histogram() {
    let samples = [1.0, 1, 1, 1, 1.1, 1.1, 1.3, 1.4, 1.5, 2]
    #expect(Histogram.line(samples, bins: 5, Screen()) == "█▄ ▄▄")
    #expect(Histogram.line(samples, bins: 5, Screen(isUnicode: false)) == "#= ==")
    #expect(Histogram.line([1, 2, 3], bins: 5, Screen()) == "")
    #expect(Histogram.line(Array(repeating: 1, count: 20), bins: 5, Screen()) == "")
  }
}
