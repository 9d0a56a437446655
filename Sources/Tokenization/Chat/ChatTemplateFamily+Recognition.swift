package import ModelFiles

extension ChatTemplateFamily {
  /// The family of a file's `tokenizer.chat_template`; nil when the file has none.
  package static func of(_ metadata: Metadata) -> ChatTemplateFamily? {
    metadata["tokenizer.chat_template"]?.string.flatMap { $0.isEmpty ? nil : recognize($0) }
  }

  /// The family of a template, by marks that stand in the templates of that family alone, most telling first.
  package static func recognize(_ template: String) -> ChatTemplateFamily {
    let bytes = Array(template.utf8)
    func has(_ marks: String...) -> Bool { marks.allSatisfy { bytes.contains(Array($0.utf8)) } }
    if has("<|im_start|>") { return has("<|im_sep|>") ? phi4 : has("<end_of_utterance>") ? unknown : chatML }
    if has("<|start|>", "<|channel|>") { return harmony }
    if has("<|start_header_id|>", "<|end_header_id|>") { return llama3 }
    if has("<|header_start|>", "<|header_end|>") { return llama4 }
    if has("<|start_of_role|>") { return granite }
    if has("<start_of_turn>") { return gemma }
    if has("[INST]") {
      if has("[SYSTEM_PROMPT]") { return mistral7 }
      if has("' [INST] ' + system_message") { return mistral1 }
      if has("[AVAILABLE_TOOLS]") { return has(" [INST]") ? mistral1 : has("\"[INST]\"") ? mistral3Tekken : mistral3 }
      return has("<<SYS>>") ? llama2 : mistral1
    }
    if has("<|START_OF_TURN_TOKEN|>", "<|USER_TOKEN|>") { return commandR }
    if has("<｜Assistant｜>", "<｜User｜>") { return deepSeek3 }
    if has("[|assistant|]", "[|endofturn|]") { return exaone3 }
    return tagged(has)
  }

  /// The families that put each role in a tag of its own.
  private static func tagged(_ has: (String...) -> Bool) -> ChatTemplateFamily {
    if has("<|end|>"), has("<|assistant|>") {
      // The small Phi-4 joins the tag from the role and puts no line break after it.
      return has("'<|' + message['role'] + '|>' + message['content']") ? phi4Mini : phi3
    }
    guard has("<|user|>"), has("<|assistant|>"), !has("[gMASK]"), !has("<|tool_declare|>") else { return unknown }
    // Line breaks are written as a backslash and an n in the template, or as they are.
    let endsUser = ["['content'] + '\\n'", "['content'] + '\n'", "['content']+'\\n'", ".content + '\\n'"]
    return endsUser.contains { has($0) } ? plainTags : zephyr
  }
}

extension [UInt8] {
  /// Whether `other` stands somewhere in it.
  fileprivate func contains(_ other: [UInt8]) -> Bool {
    guard let first = other.first, other.count <= count else { return other.isEmpty }
    return (0...(count - other.count)).contains {
      self[$0] == first && self[$0..<$0 + other.count].elementsEqual(other)
    }
  }
}
