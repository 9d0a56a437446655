import JSON
import Testing

@testable import edgewise

@Suite("Kernels for programs")
struct KernelRowTests {
  static let reply: JSON = [
    "rows": [
      [
        "family": "product", "format": "Q4_0", "tier": "avx2", "isNativeKernel": true,
        "shape": ["rows": 2048, "columns": 8192], "tokens": 1, "threads": 2, "residence": "memory",
        "bytesPerSecond": ["value": 24_000_000_000, "low": 23_000_000_000, "high": 25_000_000_000],
        "operationsPerSecond": ["value": 85_300_000_000, "samples": 30], "operationsPerByte": ["value": 3.55],
        "ceiling": "memoryBandwidth", "ceilingFraction": 0.8,
      ],
      [
        "family": "attention", "format": "F16", "tier": "avx2",
        "shape": ["heads": 4, "headSize": 64, "depthTokens": 1024], "tokens": 8, "threads": 2,
        "residence": "memory", "bytesPerSecond": ["value": 1_000_000_000],
        "operationsPerSecond": ["value": 60_000_000_000], "operationsPerByte": ["value": 30.1],
        "ceiling": "float32", "ceilingFraction": 0.5,
      ],
    ]
  ]

  @Test("The markdown table has a line for each row")
  func markdown() {
    #expect(
      KernelRow.markdown(Self.reply) == """
        | kernel    | format | tier | shape          | from   | tokens | threads | GB/s | GOP/s | OP/B |  share | ceiling |
        | --------- | ------ | ---- | -------------- | ------ | -----: | ------: | ---: | ----: | ---: | -----: | ------- |
        | Products  | Q4_0   | avx2 | 2048 x 8192    | memory |      1 |       2 | 24.0 |  85.3 | 3.55 | 80.0 % | memory  |
        | Attention | F16    | avx2 | 4 x 64 @ d1024 | memory |      8 |       2 | 1.00 |  60.0 | 30.1 | 50.0 % | f32     |

        """)
  }

  @Test("Comma-separated values leave out what a family lacks, and keep the intervals")
  func csv() {
    let lines = ProgramTable.csv(KernelRow.all(Self.reply).map(\.fields)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("family,format,tier,native,rows,columns,heads,head_size,depth_tokens,tokens"))
    #expect(lines[1].contains("\"24000000000\",\"23000000000\",\"25000000000\""))
    #expect(lines[2].hasPrefix("\"attention\",\"F16\",\"avx2\",\"\",\"\",\"\",\"4\",\"64\",\"1024\",\"8\""))
  }

  @Test(
    "Shapes are read as people write them",
    arguments: [
      ("2048x8192", MatrixShape(argument: "2048X8192@memory")),
      ("64x2048@cache", MatrixShape(argument: "64x2048@CACHE")),
    ])
  func shapes(text: String, same: MatrixShape?) {
    let shape = MatrixShape(argument: text)
    #expect(shape != nil && shape == same)
    #expect(shape?.isCached == text.hasSuffix("cache"))
  }

  @Test(
    "What is no shape is refused",
    arguments: ["", "64", "64x", "x64", "axb", "1x2x3", "1x2@disk", "1x2@", "1x2@cache@cache"])
  func notShapes(text: String) { #expect(MatrixShape(argument: text) == nil) }
}
