import Quantization
import TensorFormats
import Testing

@Suite("Codecs against the gguf package")
struct FixtureTests {
  @Test("values are those that an independent reader finds", arguments: Codecs.readable)
  func agree(format: TensorFormat) throws {
    let fixture = try #require(try BlockFixture.all().first { $0.format == format })
    let values = try #require(Codecs.dequantize(fixture.bytes, format: format))
    #expect(values.count == fixture.values.count)
    for begin in stride(from: 0, to: values.count, by: format.valuesPerBlock) {
      let range = begin..<begin + format.valuesPerBlock
      // The reader rounds up to three products and a difference to f32. Every fixture block has a value of code 0, which is
      // the block's minimum, so that no term exceeds twice the largest value: 4 roundings of 2^-24 of twice that.
      let largest = values[range].reduce(0) { max($0, abs($1)) }
      for i in range { #expect(abs(values[i] - Double(fixture.values[i])) <= largest * 0x1p-21) }
    }
  }

  @Test("every format that can be decoded has a fixture, and no two decoders share a format")
  func complete() throws {
    let formats = Codecs.readable
    #expect(Set(formats) == Set(try BlockFixture.all().map { $0.format }))
    #expect(Set(formats).count == formats.count)
  }
}
