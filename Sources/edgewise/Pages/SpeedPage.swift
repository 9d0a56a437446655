import JSON

/// The page of `model/speed`.
enum SpeedPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let screen = page.screen
    page.title("\(reply["model"]?.string ?? "Model") in \(reply["format"]?.string ?? "?")")
    let build = reply["build"]?.string.map { " \($0)" } ?? ""
    page.paragraph(
      "\(reply["engine"]?.string ?? "?")\(build) on \(reply["machine"]?.string ?? "?"), "
        + "\(reply["threads"]?.integer ?? 0) threads, a prompt of \(reply["promptTokens"]?.integer ?? 0) tokens after "
        + "\(reply["depthTokens"]?.integer ?? 0)")
    page.heading("Predicted")
    page.facts([
      ("Decode", Amount(reply, "decodeTokensPerSecond")?.long(screen)),
      ("First token", Amount(reply, "timeToFirstTokenSeconds")?.long(screen)),
      ("Prefill", Amount(reply, "prefillTokensPerSecond")?.long(screen)),
      ("Bound by", reply["decodeBoundBy"]?.string),
      ("Read per token", reply["bytesReadPerToken"]?.double.map(Unit.bytes.text)),
      ("Weights", reply["weightBytes"]?.double.map(Unit.bytes.text)),
    ])
    parts("A decoded token", reply["decodeParts"], on: &page)
    parts("The prompt", reply["prefillParts"], on: &page)
    page.heading("Rests on")
    page.facts([
      ("Profile", profile(reply["profile"])),
      ("Threads", reply["adviseThreads"]?.integer.map { "more than \($0) read memory no faster" }),
      ("Stand-in", reply["standIn"]?.string),
    ])
    page.closing(reply)
  }

  private static func parts(_ title: String, _ parts: JSON?, on page: inout Page) {
    page.heading(title)
    let rows = [("Weights", "weightSeconds"), ("Attention", "attentionSeconds"), ("The rest", "otherSeconds")]
    page.bars(
      Bars(
        rows: rows.map { label, key in
          let seconds = parts?[key]?.double ?? 0
          return Bars.Row(label: label, value: seconds, text: Unit.seconds.text(seconds))
        }))
  }

  private static func profile(_ record: JSON?) -> String? {
    guard let state = record?["state"]?.string else { return nil }
    let when = record?["measuredAt"]?.string.map { ", of \($0)" } ?? ""
    let text =
      switch state {
      case "measured": "measured just now"
      case "stored": "measured earlier"
      case "given": "measured elsewhere"
      default: "not measured: from the machine's description"
      }
    return text + when
  }
}
