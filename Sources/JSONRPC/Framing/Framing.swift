/// Cuts a stream of bytes into messages, whatever the pieces in which the bytes arrive.
///
/// Each message is either one line or a block of headers with a body; its first bytes tell which. It never looks ahead:
/// everything that the bytes so far decide has been emitted when `push` returns.
package struct Framing {
  /// How a message is told from the next.
  package enum Style: Sendable, Hashable {
    /// One value a line, ended by a line feed.
    case lines
    /// `Content-Length` headers, an empty line, and as many bytes.
    case headers
  }

  /// What a message may cost before it is refused.
  package struct Limits: Sendable, Hashable {
    /// The longest block of headers in bytes.
    package var headerBytes: Int
    /// The longest line or body in bytes.
    package var bodyBytes: Int

    package init(headerBytes: Int = 8 << 10, bodyBytes: Int = 64 << 20) {
      self.headerBytes = headerBytes
      self.bodyBytes = bodyBytes
    }
  }

  /// What the bytes held.
  package enum Event: Sendable, Hashable {
    /// The bytes of one message, without their frame.
    case message([UInt8])
    /// A message that was skipped, with the reason; the next one can be read.
    case refused(String)
    /// The place where the next message begins is lost, with the reason; everything that follows is ignored.
    case broken(String)
  }

  /// Takes an event, and the style that answers have: that of the first message.
  package typealias Emit = (Event, _ answers: Style) -> Void

  private enum State {
    /// At the beginning of the stream, with so many bytes of a byte order mark.
    case mark(Int)
    /// Between messages.
    case boundary
    /// In a word that is a header's name if a colon follows.
    case word
    case line
    /// In a line that was refused.
    case skippedLine
    case headers
    case body(remaining: Int)
    /// In a body that cannot be read, with the reason.
    case skippedBody(remaining: Int, reason: String)
    case broken
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let limits: Limits
  private var state = State.mark(0)
  /// What was read of the current message.
  private var pending: [UInt8] = []
  /// The style of the first message; nil before it is known.
  private var style: Style?

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Takes the next bytes and emits what they complete.
  package mutating func push(_ chunk: UnsafeRawBufferPointer, _ emit: Emit) {
    var rest = chunk[...]
    while !rest.isEmpty {
      switch state {
      case .mark(let count): readMark(count, &rest)
      case .boundary: readBoundary(&rest)
      case .word: readWord(&rest)
      case .line: readLine(&rest, emit)
      case .skippedLine: skipLine(&rest)
      case .headers: readHeaders(&rest, emit)
      case .body(let remaining): readBody(remaining, &rest, emit)
      case .skippedBody(let remaining, let reason): skipBody(remaining, reason, &rest, emit)
      case .broken: return
      }
    }
  }

  /// Takes the next bytes from an array and emits what they complete.
  package mutating func push(_ chunk: [UInt8], _ emit: Emit) {
    chunk.withUnsafeBytes { push($0, emit) }
  }

  /// Takes the end of the stream: a last line needs no line feed, anything else that was begun is refused.
  package mutating func finish(_ emit: Emit) {
    switch state {
    case .line, .word: take(emit)
    case .mark(let count) where count > 0: emit(.message(Array(Self.mark.prefix(count))), style ?? .lines)
    case .headers: emit(.refused("the input ended in the headers of a message"), style ?? .lines)
    case .body(let remaining):
      emit(.refused("the input ended in a message, \(remaining) bytes before its Content-Length"), style ?? .lines)
    case .skippedBody(_, let reason): emit(.refused(reason), style ?? .lines)
    case .mark, .boundary, .skippedLine, .broken: break
    }
    state = .broken
    pending = []
  }

  private mutating func take(_ emit: Emit) {
    let message = pending
    pending = []
    state = .boundary
    emit(.message(message), style ?? .lines)
  }

  private mutating func breakOff(_ reason: String, _ emit: Emit) {
    pending = []
    state = .broken
    emit(.broken(reason), style ?? .lines)
  }

  private mutating func begin(_ style: Style) {
    if self.style == nil { self.style = style }
    state = style == .lines ? .line : .headers
  }
}

// MARK: - Where a message begins

extension Framing {
  private mutating func readMark(_ count: Int, _ rest: inout Slice<UnsafeRawBufferPointer>) {
    guard count < Self.mark.count else {
      state = .boundary
      return
    }
    if rest.first == Self.mark[count] {
      rest.removeFirst()
      state = .mark(count + 1)
    } else if count == 0 {
      state = .boundary
    } else {
      pending = Array(Self.mark.prefix(count))
      begin(.lines)
    }
  }

  private mutating func readBoundary(_ rest: inout Slice<UnsafeRawBufferPointer>) {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard let first = rest.first else { return }
    if Self.isNameByte(first) { state = .word } else { begin(.lines) }
  }

  /// A header's name is followed by a colon, and no JSON value is.
  private mutating func readWord(_ rest: inout Slice<UnsafeRawBufferPointer>) {
    let end = rest.firstIndex { !Self.isNameByte($0) } ?? rest.endIndex
    pending.append(contentsOf: rest[..<end])
    rest = rest[end...]
    if pending.count > limits.headerBytes {
      begin(.lines)
    } else if let next = rest.first {
      begin(next == UInt8(ascii: ":") ? .headers : .lines)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

// MARK: - Lines

extension Framing {
  private mutating func readLine(_ rest: inout Slice<UnsafeRawBufferPointer>, _ emit: Emit) {
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    let isOver = pending.count + (end - rest.startIndex) > limits.bodyBytes
    if !isOver { pending.append(contentsOf: rest[..<end]) }
    rest = rest[end...]
    if isOver {
      pending = []
      state = .skippedLine
      emit(.refused("the line is longer than the limit of \(limits.bodyBytes) bytes and was skipped"), style ?? .lines)
    } else if !rest.isEmpty {
      rest.removeFirst()
      take(emit)
    }
  }

  private mutating func skipLine(_ rest: inout Slice<UnsafeRawBufferPointer>) {
    guard let end = rest.firstIndex(of: 0x0A) else {
      rest = rest[rest.endIndex...]
      return
    }
    rest = rest[(end + 1)...]
    state = .boundary
  }
}

// MARK: - Headers and bodies

extension Framing {
  private mutating func readHeaders(_ rest: inout Slice<UnsafeRawBufferPointer>, _ emit: Emit) {
    while let end = rest.firstIndex(of: 0x0A) {
      let isEmptyLine = endsInLineFeed(rest[..<end])
      pending.append(contentsOf: rest[...end])
      rest = rest[(end + 1)...]
      guard pending.count <= limits.headerBytes else { break }
      if isEmptyLine {
        readBlock(emit)
        return
      }
    }
    if pending.count + rest.count > limits.headerBytes {
      breakOff("the headers of a message are longer than the limit of \(limits.headerBytes) bytes", emit)
    } else {
      pending.append(contentsOf: rest)
      rest = rest[rest.endIndex...]
    }
  }

  /// Whether the line that `end` completes is empty: what was read before ends in a line feed and perhaps a return.
  private func endsInLineFeed(_ end: Slice<UnsafeRawBufferPointer>) -> Bool {
    switch (pending.last, end.count, end.first) {
    case (0x0A, 0, _), (0x0A, 1, 0x0D): true
    case (0x0D, 0, _): pending.dropLast().last == 0x0A
    default: false
    }
  }

  private mutating func readBlock(_ emit: Emit) {
    let block = HeaderBlock(pending)
    pending = []
    guard let length = block.length else {
      breakOff(block.fault ?? "the headers of a message have no Content-Length", emit)
      return
    }
    if let fault = block.fault {
      state = .skippedBody(remaining: length, reason: fault)
    } else if length > limits.bodyBytes {
      breakOff(
        "the Content-Length of \(length) is over the limit of \(limits.bodyBytes) bytes", emit)
      return
    } else {
      state = .body(remaining: length)
    }
    if length == 0 { endBody(emit) }
  }

  private mutating func readBody(
    _ remaining: Int, _ rest: inout Slice<UnsafeRawBufferPointer>, _ emit: Emit
  ) {
    let part = rest.prefix(remaining)
    pending.append(contentsOf: part)
    rest = rest[part.endIndex...]
    state = .body(remaining: remaining - part.count)
    if part.count == remaining { endBody(emit) }
  }

  private mutating func skipBody(
    _ remaining: Int, _ reason: String, _ rest: inout Slice<UnsafeRawBufferPointer>, _ emit: Emit
  ) {
    let part = rest.prefix(remaining)
    rest = rest[part.endIndex...]
    state = .skippedBody(remaining: remaining - part.count, reason: reason)
    if part.count == remaining { endBody(emit) }
  }

  private mutating func endBody(_ emit: Emit) {
    if case .skippedBody(_, let reason) = state {
      state = .boundary
      emit(.refused(reason), style ?? .lines)
    } else {
      take(emit)
    }
  }
}
