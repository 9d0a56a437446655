extension ChatTemplateFamily {
  /// The families that are known; each is what the named model's `chat_template` renders.
  package static let all: [ChatTemplateFamily] = [
    chatML, phi4, phi3, phi4Mini, llama2, llama3, llama4, mistral1, mistral3, mistral3Tekken, mistral7, gemma, zephyr,
    plainTags, granite, harmony, deepSeek3, commandR, exaone3,
  ]

  /// Qwen (Qwen/Qwen2.5-7B-Instruct), SmolLM2, LFM2 (LiquidAI/LFM2-1.2B); first in OpenAI's ChatML.
  static let chatML = ChatTemplateFamily(
    "chatml", system: Wrapping("<|im_start|>system\n", "<|im_end|>\n"),
    user: Wrapping("<|im_start|>user\n", "<|im_end|>\n"),
    assistant: Wrapping("<|im_start|>assistant\n", "<|im_end|>\n"), opening: "<|im_start|>assistant\n")

  /// microsoft/phi-4.
  static let phi4 = ChatTemplateFamily(
    "phi4", system: Wrapping("<|im_start|>system<|im_sep|>", "<|im_end|>"),
    user: Wrapping("<|im_start|>user<|im_sep|>", "<|im_end|>"),
    assistant: Wrapping("<|im_start|>assistant<|im_sep|>", "<|im_end|>"), opening: "<|im_start|>assistant<|im_sep|>")

  /// microsoft/Phi-3-mini-4k-instruct.
  static let phi3 = ChatTemplateFamily(
    "phi3", system: Wrapping("<|system|>\n", "<|end|>\n"), user: Wrapping("<|user|>\n", "<|end|>\n"),
    assistant: Wrapping("<|assistant|>\n", "<|end|>\n"), opening: "<|assistant|>\n")

  /// microsoft/Phi-4-mini-instruct.
  static let phi4Mini = ChatTemplateFamily(
    "phi4-mini", system: Wrapping("<|system|>", "<|end|>"), user: Wrapping("<|user|>", "<|end|>"),
    assistant: Wrapping("<|assistant|>", "<|end|>"), opening: "<|assistant|>")

  /// meta-llama/Llama-2-7b-chat-hf; https://huggingface.co/blog/llama2#how-to-prompt-llama-2.
  static let llama2 = ChatTemplateFamily(
    "llama2", system: Wrapping("<<SYS>>\n", "\n<</SYS>>\n\n"), user: Wrapping("[INST] ", " [/INST]"),
    assistant: Wrapping(" ", " {end}"), opening: "", systemIsInUser: true, trims: true)

  /// meta-llama/Llama-3.2-1B-Instruct without the dates that its template adds.
  static let llama3 = ChatTemplateFamily(
    "llama3", system: Wrapping("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
    user: Wrapping("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
    assistant: Wrapping("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
    opening: "<|start_header_id|>assistant<|end_header_id|>\n\n", trims: true)

  /// meta-llama/Llama-4-Scout-17B-16E-Instruct.
  static let llama4 = ChatTemplateFamily(
    "llama4", system: Wrapping("<|header_start|>system<|header_end|>\n\n", "<|eot|>"),
    user: Wrapping("<|header_start|>user<|header_end|>\n\n", "<|eot|>"),
    assistant: Wrapping("<|header_start|>assistant<|header_end|>\n\n", "<|eot|>"),
    opening: "<|header_start|>assistant<|header_end|>\n\n", trims: true)

  /// mistralai/Mistral-7B-Instruct-v0.1; mistralai/cookbook, `concept-deep-dive/tokenization/chat_templates.md`.
  static let mistral1 = ChatTemplateFamily(
    "mistral-v1", system: Wrapping("", "\n\n"), user: Wrapping(" [INST] ", " [/INST]"),
    assistant: Wrapping(" ", "{end}"), opening: "", systemIsInUser: true)

  /// mistralai/Mistral-7B-Instruct-v0.3; the same source.
  static let mistral3 = ChatTemplateFamily(
    "mistral-v3", system: Wrapping("", "\n\n"), user: Wrapping("[INST] ", "[/INST]"),
    assistant: Wrapping(" ", "{end}"), opening: "", systemIsInUser: true)

  /// mistralai/Mistral-Nemo-Instruct-2407; the same source.
  static let mistral3Tekken = ChatTemplateFamily(
    "mistral-v3-tekken", system: Wrapping("", "\n\n"), user: Wrapping("[INST]", "[/INST]"),
    assistant: Wrapping("", "{end}"), opening: "", systemIsInUser: true)

  /// mistralai/Mistral-Small-3.1-24B-Instruct-2503 and Ministral 3.
  static let mistral7 = ChatTemplateFamily(
    "mistral-v7-tekken", system: Wrapping("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"), user: Wrapping("[INST]", "[/INST]"),
    assistant: Wrapping("", "{end}"), opening: "")

  /// google/gemma-2-2b-it and gemma-3-4b-it, which know no system.
  static let gemma = ChatTemplateFamily(
    "gemma", system: Wrapping("", "\n\n"), user: Wrapping("<start_of_turn>user\n", "<end_of_turn>\n"),
    assistant: Wrapping("<start_of_turn>model\n", "<end_of_turn>\n"), opening: "<start_of_turn>model\n",
    systemIsInUser: true, trims: true)

  /// HuggingFaceH4/zephyr-7b-beta and TinyLlama/TinyLlama-1.1B-Chat-v1.0.
  static let zephyr = ChatTemplateFamily(
    "zephyr", system: Wrapping("<|system|>\n", "{end}\n"), user: Wrapping("<|user|>\n", "{end}\n"),
    assistant: Wrapping("<|assistant|>\n", "{end}\n"), opening: "<|assistant|>\n")

  /// allenai/OLMo-2-1124-7B-Instruct and tiiuae/Falcon3-7B-Instruct.
  static let plainTags = ChatTemplateFamily(
    "olmo2", system: Wrapping("<|system|>\n", "\n"), user: Wrapping("<|user|>\n", "\n"),
    assistant: Wrapping("<|assistant|>\n", "{end}\n"), opening: "<|assistant|>\n")

  /// ibm-granite/granite-4.0-micro and Granite 3, without the message that their template adds where there is no system.
  static let granite = ChatTemplateFamily(
    "granite", system: Wrapping("<|start_of_role|>system<|end_of_role|>", "<|end_of_text|>\n"),
    user: Wrapping("<|start_of_role|>user<|end_of_role|>", "<|end_of_text|>\n"),
    assistant: Wrapping("<|start_of_role|>assistant<|end_of_role|>", "<|end_of_text|>\n"),
    opening: "<|start_of_role|>assistant<|end_of_role|>")

  /// openai/gpt-oss-20b, the Harmony format, without the system message that describes tools and channels.
  ///
  /// What a caller calls system is the developer of Harmony: https://cookbook.openai.com/articles/openai-harmony.
  static let harmony = ChatTemplateFamily(
    "harmony", system: Wrapping("<|start|>developer<|message|># Instructions\n\n", "<|end|>"),
    user: Wrapping("<|start|>user<|message|>", "<|end|>"),
    assistant: Wrapping("<|start|>assistant<|channel|>final<|message|>", "<|end|>"), opening: "<|start|>assistant")

  /// deepseek-ai/DeepSeek-V3 and the distilled DeepSeek-R1 models.
  static let deepSeek3 = ChatTemplateFamily(
    "deepseek3", system: Wrapping("", "\n\n"), user: Wrapping("<｜User｜>", ""),
    assistant: Wrapping("<｜Assistant｜>", "<｜end▁of▁sentence｜>"), opening: "<｜Assistant｜>")

  /// CohereForAI/c4ai-command-r-plus.
  static let commandR = ChatTemplateFamily(
    "command-r", system: Wrapping("<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>", "<|END_OF_TURN_TOKEN|>"),
    user: Wrapping("<|START_OF_TURN_TOKEN|><|USER_TOKEN|>", "<|END_OF_TURN_TOKEN|>"),
    assistant: Wrapping("<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>", "<|END_OF_TURN_TOKEN|>"),
    opening: "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>", trims: true)

  /// LGAI-EXAONE/EXAONE-3.0-7.8B-Instruct.
  static let exaone3 = ChatTemplateFamily(
    "exaone3", system: Wrapping("[|system|]", "[|endofturn|]\n"), user: Wrapping("[|user|]", "\n"),
    assistant: Wrapping("[|assistant|]", "[|endofturn|]\n"), opening: "[|assistant|]", trims: true)
}
