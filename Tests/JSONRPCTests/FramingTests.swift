import JSONRPC
import TestSupport
import Testing

struct FramingTests {
  private static func events(_ chunks: [[UInt8]], limits: Framing.Limits = Framing.Limits()) -> [Framing.Event] {
    var framing = Framing(limits: limits)
    var events: [Framing.Event] = []
    for chunk in chunks { framing.push(chunk) { event, _ in events.append(event) } }
    framing.finish { event, _ in events.append(event) }
    return events
  }

  private static func message(_ text: String) -> Framing.Event { .message(Array(text.utf8)) }

  struct Stream: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let events: [Framing.Event]
    var testDescription: String { name }
  }

  static let limits = Framing.Limits(headerBytes: 64, bodyBytes: 24)

  static let streams: [Stream] = [
    Stream(name: "lines", text: "{\"a\":1}\n{\"b\":2}\n", events: [message("{\"a\":1}"), message("{\"b\":2}")]),
    Stream(name: "a last line without its end", text: "{}\n[1]", events: [message("{}"), message("[1]")]),
    Stream(
      name: "returns and empty lines", text: "\r\n{}\r\n\n \t\r\n[]\r\n", events: [message("{}\r"), message("[]\r")]),
    Stream(name: "a byte order mark", text: "\u{FEFF}{}\n", events: [message("{}")]),
    Stream(
      name: "a byte order mark before headers", text: "\u{FEFF}Content-Length: 2\r\n\r\n{}", events: [message("{}")]),
    Stream(
      name: "bare words are lines", text: "true\nnonsense here\n12\n",
      events: ["true", "nonsense here", "12"].map(message)),
    Stream(name: "a word at the end", text: "{}\nnull", events: [message("{}"), message("null")]),
    Stream(
      name: "text in more than one byte", text: "{\"é\":\"😀\"}\n{}", events: [message("{\"é\":\"😀\"}"), message("{}")]),
    Stream(name: "bytes that are no text", text: "\u{1}\u{7f}\n{}\n", events: [message("\u{1}\u{7f}"), message("{}")]),
    Stream(
      name: "headers", text: "Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]",
      events: [message("{}"), message("[1]")]),
    Stream(
      name: "headers with line feeds alone", text: "Content-Length: 2\n\n{}\nContent-Length:3\n\r\n[1]\n",
      events: [message("{}"), message("[1]")]),
    Stream(
      name: "header names in any case", text: "content-LENGTH:  2 \r\nX-Other: y\r\n\r\n{}", events: [message("{}")]),
    Stream(name: "the length twice", text: "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", events: [message("{}")]),
    Stream(
      name: "a charset", text: "Content-Type: a/b; charset=\"UTF-8\"\r\nContent-Length: 2\r\n\r\n{}",
      events: [message("{}")]),
    Stream(
      name: "the old spelling of the charset", text: "Content-Type: x;charset=utf8\r\nContent-Length: 2\r\n\r\n{}",
      events: [message("{}")]),
    Stream(
      name: "another charset is skipped", text: "Content-Length: 2\r\nContent-Type: x; charset=latin1\r\n\r\n??[1]\n",
      events: [.refused("the charset \"latin1\" is not supported; send UTF-8"), message("[1]")]),
    Stream(
      name: "a body with line feeds", text: "Content-Length: 5\r\n\r\n{\n\n\n}[]\n",
      events: [message("{\n\n\n}"), message("[]")]),
    Stream(name: "an empty body", text: "Content-Length: 0\r\n\r\n{}\n", events: [message(""), message("{}")]),
    Stream(
      name: "lines between headers", text: "{}\nContent-Length: 2\r\n\r\n[]{}\n",
      events: ["{}", "[]", "{}"].map(message)),
    Stream(
      name: "a body counted in bytes", text: "Content-Length: 6\r\n\r\n\"😀\"{}",
      events: [message("\"😀\""), message("{}")]),
    Stream(
      name: "a line that is too long", text: "[\"0123456789012345678901234567890123456789\"]\n{}\n",
      events: [.refused("the line is longer than the limit of 24 bytes and was skipped"), message("{}")]),
    Stream(
      name: "a line of just the limit", text: "[\"01234567890123456789\"]\n",
      events: [message("[\"01234567890123456789\"]")]),
    Stream(
      name: "a body that is too long", text: "Content-Length: 25\r\n\r\n{}\n{}\n",
      events: [.broken("the Content-Length of 25 is over the limit of 24 bytes")]),
    Stream(
      name: "headers that are too long", text: "X: \(String(repeating: "y", count: 62))\r\n\r\n{}",
      events: [.broken("the headers of a message are longer than the limit of 64 bytes")]),
    Stream(
      name: "a length that is negative", text: "Content-Length: -1\r\n\r\n{}\n",
      events: [.broken("Content-Length must be a number of bytes, found \"-1\"")]),
    Stream(
      name: "a length that is no number", text: "Content-Length: two\r\n\r\n{}\n",
      events: [.broken("Content-Length must be a number of bytes, found \"two\"")]),
    Stream(
      name: "a length that is absurd", text: "Content-Length: 99999999999999999999\r\n\r\n{}\n",
      events: [.broken("Content-Length must be a number of bytes, found \"99999999999999999999\"")]),
    Stream(
      name: "two lengths", text: "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\n",
      events: [.broken("two different Content-Length headers, 2 and 3")]),
    Stream(
      name: "no length", text: "Content-Type: x\r\n\r\n{}\n",
      events: [.broken("the headers of a message have no Content-Length")]),
    Stream(
      name: "a header without a colon", text: "Content-Length: 2\r\nnonsense\r\n\r\n{}",
      events: [.broken("a header without a colon: \"nonsense\"")]),
    Stream(
      name: "the end in the headers", text: "{}\nContent-Length: 2\r\n",
      events: [message("{}"), .refused("the input ended in the headers of a message")]),
    Stream(
      name: "the end in a body", text: "Content-Length: 5\r\n\r\n{}",
      events: [.refused("the input ended in a message, 3 bytes before its Content-Length")]),
    Stream(name: "nothing", text: "", events: []),
    Stream(name: "only space", text: " \r\n\n\t ", events: []),
  ]

  @Test(arguments: streams)
  func `reads a stream in one piece`(stream: Stream) {
    #expect(Self.events([Array(stream.text.utf8)], limits: Self.limits) == stream.events)
  }

  @Test(arguments: streams)
  func `reads a stream cut in two at every place`(stream: Stream) {
    let bytes = Array(stream.text.utf8)
    for cut in 0...bytes.count {
      #expect(
        Self.events([Array(bytes[..<cut]), Array(bytes[cut...])], limits: Self.limits) == stream.events, "cut at \(cut)"
      )
    }
  }

  @Test(arguments: streams)
  func `reads a stream byte by byte`(stream: Stream) {
    #expect(Self.events(stream.text.utf8.map { [$0] }, limits: Self.limits) == stream.events)
  }

  @Test(arguments: [
    ("{}\nContent-Length: 2\r\n\r\n{}", Framing.Style.lines), ("Content-Length: 2\r\n\r\n{}\n{}\n", .headers),
    ("null\n{}\n", .lines), ("Content-Length: x\r\n\r\n", .headers),
  ])
  func `answers have the style of the first message`(text: String, style: Framing.Style) {
    var framing = Framing()
    var styles: Set<Framing.Style> = []
    framing.push(Array(text.utf8)) { _, answers in styles.insert(answers) }
    framing.finish { _, answers in styles.insert(answers) }
    #expect(styles == [style])
  }

  @Test func `a refused line costs no memory and is refused at once`() {
    var framing = Framing(limits: Framing.Limits(bodyBytes: 1000))
    var events: [Framing.Event] = []
    for _ in 0..<100 {
      framing.push(Array(repeating: UInt8(ascii: "["), count: 100)) { event, _ in events.append(event) }
    }
    #expect(events.count == 1)
    framing.push(Array("\n{}\n".utf8)) { event, _ in events.append(event) }
    #expect(events.last == Self.message("{}"))
  }

  @Test func `headers are capped at 8 KiB by default`() {
    func events(_ padding: Int) -> [Framing.Event] {
      Self.events([Array("X: \(String(repeating: "y", count: padding))\r\nContent-Length: 2\r\n\r\n{}".utf8)])
    }
    let rest = "X: \r\nContent-Length: 2\r\n\r\n".utf8.count
    #expect(events(8192 - rest) == [Self.message("{}")])
    #expect(events(8193 - rest) == [.broken("the headers of a message are longer than the limit of 8192 bytes")])
  }

  @Test func `random bytes in random pieces give the same events as in one piece`() {
    var random = SplitMix(state: 3)
    let parts = [
      "{}", "\n", "\r\n", "Content-Length: 2", "Content-Length: 0", "\r\n\r\n", "[1]", "x", ":", "\u{FEFF}", "é", " ",
    ]
    for _ in 0..<1500 {
      let bytes = (0..<Int.random(in: 1...12, using: &random)).flatMap { _ in
        Array((parts.randomElement(using: &random) ?? "").utf8)
      }
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...5, using: &random))
        pieces.append(Array(piece))
        rest = rest[piece.endIndex...]
      }
      #expect(Self.events(pieces, limits: Self.limits) == Self.events([bytes], limits: Self.limits))
    }
  }
}
