import Knowledge
import Testing

@Suite struct NumberTextTests {
  @Test(
    "numbers have three significant digits and no trailing zeros",
    arguments: [
      (4.579, "4.58"), (0.0313, "0.0313"), (143.4, "143"), (5.0, "5"), (0, "0"), (-0.503, "-0.503"), (17.06, "17.1"),
      (99.96, "100"), (12_345, "12345"), (1e-12, "0"),
    ])
  func numbers(_ value: Double, _ text: String) {
    #expect(NumberText.text(value) == text)
  }

  @Test(
    "bytes are written in decimal units",
    arguments: [
      (0, "0 bytes"), (999, "999 bytes"), (143_000_000, "143 MB"), (4_580_000_000, "4.58 GB"), (-2_000, "-2 kB"),
    ])
  func bytes(_ value: Int, _ text: String) {
    #expect(ByteText.text(value) == text)
  }
}
