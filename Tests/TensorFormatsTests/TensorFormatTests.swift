import TensorFormats
import Testing

@Suite("Tensor formats")
struct TensorFormatTests {
  @Test("ids and names are unique and sorted by id")
  func unique() {
    let ids = TensorFormat.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(Set(TensorFormat.all.map(\.name)).count == ids.count)
  }

  @Test("a format is found by its number and by its name in any case", arguments: TensorFormat.all)
  func found(format: TensorFormat) {
    #expect(TensorFormat(id: format.id) == format)
    #expect(TensorFormat(name: format.name.lowercased()) == format)
    #expect("\(format)" == format.name)
  }

  @Test("numbers that GGUF retired and names that nobody uses are not found", arguments: [4, 5, 31, 32, 33, 36, 999])
  func missing(id: UInt32) {
    #expect(TensorFormat(id: id) == nil)
    #expect(TensorFormat(name: "Q\(id)_NONE") == nil)
  }

  @Test(
    "bits per value include the block's scales",
    arguments: [(TensorFormat.f32, 32.0), (.q8_0, 8.5), (.q4_0, 4.5), (.q4_k, 4.5), (.q6_k, 6.5625), (.q2_k, 2.625)])
  func bits(format: TensorFormat, bits: Double) {
    #expect(format.bitsPerValue == bits)
  }

  @Test("bytes are counted for whole blocks only, and never overflow")
  func byteCount() {
    #expect(TensorFormat.q4_0.byteCount(values: 64) == 36)
    #expect(TensorFormat.q4_0.byteCount(values: 0) == 0)
    #expect(TensorFormat.q4_0.byteCount(values: 33) == nil)
    #expect(TensorFormat.q4_0.byteCount(values: -32) == nil)
    #expect(TensorFormat.f64.byteCount(values: .max) == nil)
  }
}
