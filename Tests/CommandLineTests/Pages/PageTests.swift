import JSON
import Testing

@testable import edgewise

@Suite("Pages")
struct PageTests {
  static let pages: [(String, @Sendable (JSON, inout Page) -> Void)] = [
    ("benchmark", { BenchmarkPage.show($0, on: &$1) }),
    ("diagnosis", { DiagnosisPage.show($0, all: true, on: &$1) }),
    ("kernels", { KernelPage.show($0, on: &$1) }),
    ("machine", { MachinePage.show($0, all: true, on: &$1) }), ("machines", { MachinePage.list($0, on: &$1) }),
    ("method", { MethodPage.show($0, on: &$1) }), ("model", { ModelPage.show($0, on: &$1) }),
    ("models", { ModelPage.list($0, on: &$1) }),
    ("recommendation", { RecommendationPage.show($0, all: true, on: &$1) }), ("rule", { RulePage.show($0, on: &$1) }),
  ]

  @Test(
    "A reply that lacks everything is still shown", arguments: [.null, [:], [], ["machine": 5, "model": []]] as [JSON])
  func sparse(reply: JSON) {
    for (_, show) in Self.pages {
      var page = Page(Screen(width: 30))
      show(reply, &page)
      page.legend()
      #expect(page.text.hasSuffix("\n"))
    }
  }

  @Test("The legend explains the marks that were used, once each")
  func legend() {
    var page = Page(Screen())
    let amount = Amount(["value": 1, "evidence": "measured"], unit: .seconds)
    #expect(page.marked(amount) == "1.00 s ●")
    #expect(page.marked(amount) == "1.00 s ●")
    #expect(page.marked(nil) == "")
    page.legend()
    #expect(page.text == "  ● measured here\n")
  }

  @Test("A page in ASCII has nothing else")
  func ascii() {
    var page = Page(Screen(isUnicode: false))
    page.heading("Größe")
    page.point("eins – zwei")
    page.bars(Bars(rows: [.init(label: "a", value: 1, text: "12 µs")]))
    #expect(page.text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("Commands are shown whole, however long, so that they can be pasted")
  func command() {
    var page = Page(Screen(width: 40))
    let command = "llama-cli -m model.gguf --threads 4 --ctx-size 8192 --flash-attn on"
    page.command(command)
    #expect(page.text == "  $ \(command)\n")
  }

  @Test("Reasons say for or against, the strongest first")
  func reasons() {
    var page = Page(Screen())
    page.reasons([
      ["code": "EW1", "weight": 3, "because": "small"], ["code": "EW2", "weight": -9, "because": "slow"],
    ])
    #expect(page.text == "  ✗ slow [EW2]\n  ✓ small [EW1]\n")
  }

  @Test(
    "Words for the shell are quoted when they need it",
    arguments: [
      ("model.gguf", "model.gguf"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$HOME", "'$HOME'"),
    ])
  func quoted(word: String, text: String) { #expect(ShellText.quoted(word) == text) }

  @Test("Assignments are JSON where they can be")
  func assignments() throws {
    #expect(Assignment(argument: "a=1")?.value == 1)
    #expect(Assignment(argument: "a=0.5")?.value == 0.5)
    #expect(Assignment(argument: "a=true")?.value == true)
    #expect(Assignment(argument: "a=powersave")?.value == "powersave")
    #expect(Assignment(argument: "a=[1,2]")?.value == [1, 2])
    #expect(Assignment(argument: "a=b=c")?.value == "b=c")
    #expect(Assignment(argument: "=1") == nil)
    #expect(Assignment(argument: "a") == nil)
  }
}
