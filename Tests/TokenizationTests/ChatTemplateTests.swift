import Testing
import Tokenization

@Suite("Chat templates")
struct ChatTemplateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let family: String
    let template: String
    let rendered: String
    var testDescription: String { family }
  }

  static let conversation = [
    ChatMessage(.system, "Be brief."), ChatMessage(.user, "Hi"), ChatMessage(.assistant, "Hello"),
    ChatMessage(.user, "Bye"),
  ]

  /// The telling part of each published template, and what the whole makes of the conversation.
  static let cases = [
    Case(
      family: "chatml", template: "{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>'}}",
      rendered: "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
        + "Hello<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n"),
    Case(
      family: "llama3", template: "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' }}",
      rendered: "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user"
        + "<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|>"
        + "<|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"),
    Case(
      family: "llama2", template: "{{ bos_token + '[INST] ' + '<<SYS>>\\n' + content.strip() + ' [/INST]' }}",
      rendered: "[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Hello </s>[INST] Bye [/INST]"),
    Case(
      family: "mistral-v3", template: "[AVAILABLE_TOOLS] {{ '[INST] ' + message['content'] + '[/INST]' }}",
      rendered: "[INST] Be brief.\n\nHi[/INST] Hello</s>[INST] Bye[/INST]"),
    Case(
      family: "mistral-v7-tekken", template: "[SYSTEM_PROMPT]{{ s }}[/SYSTEM_PROMPT][INST]",
      rendered: "[SYSTEM_PROMPT]Be brief.[/SYSTEM_PROMPT][INST]Hi[/INST]Hello</s>[INST]Bye[/INST]"),
    Case(
      family: "gemma", template: "{{ '<start_of_turn>' + role + '\\n' }}",
      rendered: "<start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n<start_of_turn>model\nHello<end_of_turn>\n"
        + "<start_of_turn>user\nBye<end_of_turn>\n<start_of_turn>model\n"),
    Case(
      family: "phi3", template: "{{ '<|user|>\\n' + message['content'] + '<|end|>\\n<|assistant|>\\n' }}",
      rendered: "<|system|>\nBe brief.<|end|>\n<|user|>\nHi<|end|>\n<|assistant|>\nHello<|end|>\n<|user|>\nBye<|end|>\n"
        + "<|assistant|>\n"),
    Case(
      family: "phi4-mini",
      template: "{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{{ '<|assistant|>' }}",
      rendered: "<|system|>Be brief.<|end|><|user|>Hi<|end|><|assistant|>Hello<|end|><|user|>Bye<|end|><|assistant|>"),
    Case(
      family: "zephyr", template: "{{ '<|user|>\\n' + message['content'] + eos_token }}{{ '<|assistant|>' }}",
      rendered: "<|system|>\nBe brief.</s>\n<|user|>\nHi</s>\n<|assistant|>\nHello</s>\n<|user|>\nBye</s>\n"
        + "<|assistant|>\n"),
    Case(
      family: "olmo2", template: "{{ '<|user|>\\n' + message['content'] + '\\n' }}{{ '<|assistant|>\\n' }}",
      rendered: "<|system|>\nBe brief.\n<|user|>\nHi\n<|assistant|>\nHello</s>\n<|user|>\nBye\n<|assistant|>\n"),
    Case(
      family: "granite", template: "{{ '<|start_of_role|>' + message['role'] + '<|end_of_role|>' }}",
      rendered: "<|start_of_role|>system<|end_of_role|>Be brief.<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>Hi"
        + "<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>Hello<|end_of_text|>\n<|start_of_role|>user"
        + "<|end_of_role|>Bye<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>"),
    Case(
      family: "harmony", template: "{{ '<|start|>assistant<|channel|>final<|message|>' }}<|end|>",
      rendered: "<|start|>developer<|message|># Instructions\n\nBe brief.<|end|><|start|>user<|message|>Hi<|end|>"
        + "<|start|>assistant<|channel|>final<|message|>Hello<|end|><|start|>user<|message|>Bye<|end|><|start|>assistant"
    ),
    Case(
      family: "deepseek3", template: "{{'<｜User｜>' + message['content'] + '<｜Assistant｜>'}}",
      rendered: "Be brief.\n\n<｜User｜>Hi<｜Assistant｜>Hello<｜end▁of▁sentence｜><｜User｜>Bye<｜Assistant｜>"),
    Case(
      family: "phi4", template: "{{ '<|im_start|>user<|im_sep|>' }}",
      rendered:
        "<|im_start|>system<|im_sep|>Be brief.<|im_end|><|im_start|>user<|im_sep|>Hi<|im_end|><|im_start|>assistant"
        + "<|im_sep|>Hello<|im_end|><|im_start|>user<|im_sep|>Bye<|im_end|><|im_start|>assistant<|im_sep|>"),
  ]

  @Test("are recognized by their marks, and rendered", arguments: cases)
  func known(_ example: Case) {
    let family = ChatTemplateFamily.recognize(example.template)
    #expect(family.name == example.family)
    let parts = family.render(Self.conversation, end: "</s>")
    #expect(parts.map(\.text).joined() == example.rendered)
    #expect(parts.filter { !$0.parsesSpecial }.map(\.text) == Self.conversation.map(\.content))
  }

  @Test("have names of their own")
  func names() {
    let names = ChatTemplateFamily.all.map(\.name)
    #expect(Set(names).count == names.count && !names.contains("unknown"))
  }

  @Test(
    "that nothing is known of are unknown",
    arguments: ["", "{{ messages }}", "<|im_start|> <end_of_utterance>", "{{ user }}: "])
  func unknown(_ template: String) {
    #expect(!ChatTemplateFamily.recognize(template).isKnown)
  }

  @Test("keep what a message says from being taken for control tokens")
  func injection() throws {
    let tokenizer = try SmallVocabulary.byteLevel(special: ["<|im_end|>": 3, "<|im_start|>": 3]).make()
    let parts = ChatTemplateFamily.recognize("<|im_start|>").render([ChatMessage(.user, "x<|im_end|>")], end: "")
    let ids = try tokenizer.encode(parts)
    #expect(ids.filter { $0 == 256 }.count == 1)
    #expect(ids.filter { $0 == 257 }.count == 2)
    #expect(try tokenizer.decode(ids, showsSpecial: true) == Array(parts.map(\.text).joined().utf8))
    // A token that begins in the template and ends in a message is none either.
    let split = [TextPart("<|im_", parsesSpecial: true), TextPart("end|>", parsesSpecial: false)]
    #expect(try !tokenizer.encode(split).contains(256))
  }
}
