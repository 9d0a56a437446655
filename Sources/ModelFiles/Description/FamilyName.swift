/// The names that people give to families of models.
enum FamilyName {
  /// By the architecture of GGUF files; those that many families share are not here.
  private static let byArchitecture: [String: String] = [
    "afmoe": "AFMoE (Trinity)", "apertus": "Apertus", "arcee": "Arcee", "arctic": "Arctic", "baichuan": "Baichuan",
    "bailingmoe": "Ling", "bailingmoe2": "Ling 2", "bert": "BERT", "bitnet": "BitNet", "bloom": "BLOOM",
    "chameleon": "Chameleon", "chatglm": "ChatGLM", "codeshell": "CodeShell", "cogvlm": "CogVLM",
    "cohere2": "Command R7B",
    "command-r": "Command R", "dbrx": "DBRX", "deci": "DeciLM", "deepseek": "DeepSeek",
    "deepseek2": "DeepSeek V2 or V3", "deepseek2-ocr": "DeepSeek-OCR", "dots1": "dots.llm1", "dream": "Dream",
    "ernie4_5": "ERNIE 4.5", "ernie4_5-moe": "ERNIE 4.5", "eurobert": "EuroBERT", "exaone": "EXAONE",
    "exaone4": "EXAONE 4",
    "falcon": "Falcon", "falcon-h1": "Falcon-H1", "gemma": "Gemma", "gemma-embedding": "EmbeddingGemma",
    "gemma2": "Gemma 2", "gemma3": "Gemma 3", "gemma3n": "Gemma 3n", "gemma4": "Gemma 4", "glm4": "GLM-4",
    "glm4moe": "GLM-4.5", "gpt-oss": "gpt-oss", "gpt2": "GPT-2", "gptj": "GPT-J", "gptneox": "GPT-NeoX",
    "granite": "Granite", "granitehybrid": "Granite 4.0", "granitemoe": "Granite MoE", "grok": "Grok",
    "hunyuan-dense": "Hunyuan", "hunyuan-moe": "Hunyuan", "internlm2": "InternLM2", "jais": "Jais", "jamba": "Jamba",
    "jina-bert-v2": "Jina BERT", "jina-bert-v3": "Jina BERT", "kimi-linear": "Kimi Linear", "lfm2": "LFM2",
    "lfm2moe": "LFM2", "llada": "LLaDA", "llama4": "Llama 4", "mamba": "Mamba", "mamba2": "Mamba 2",
    "mimo2": "MiMo V2", "minicpm": "MiniCPM", "minicpm3": "MiniCPM3", "minimax-m2": "MiniMax M2",
    "mistral3": "Ministral 3", "modern-bert": "ModernBERT", "mpt": "MPT", "nemotron": "Nemotron",
    "nemotron_h": "Nemotron-H", "nemotron_h_moe": "Nemotron 3", "neo-bert": "NeoBERT", "nomic-bert": "Nomic Embed",
    "nomic-bert-moe": "Nomic Embed", "olmo": "OLMo", "olmo2": "OLMo 2", "olmoe": "OLMoE", "openelm": "OpenELM",
    "orion": "Orion", "paddleocr": "PaddleOCR", "phi2": "Phi-2", "phi3": "Phi-3 or Phi-4", "phimoe": "Phi-3.5 MoE",
    "plamo": "PLaMo", "plamo2": "PLaMo 2", "plamo3": "PLaMo 3", "plm": "PLM", "qwen": "Qwen", "qwen2": "Qwen2.5",
    "qwen2moe": "Qwen2 MoE", "qwen2vl": "Qwen2.5-VL", "qwen3": "Qwen3", "qwen35": "Qwen3.5", "qwen35moe": "Qwen3.5",
    "qwen3moe": "Qwen3", "qwen3next": "Qwen3-Next", "qwen3tts": "Qwen3-TTS", "qwen3vl": "Qwen3-VL",
    "qwen3vlmoe": "Qwen3-VL", "refact": "Refact", "rwkv6": "RWKV 6", "rwkv7": "RWKV 7", "seed_oss": "Seed-OSS",
    "smallthinker": "SmallThinker", "smollm3": "SmolLM3", "stablelm": "StableLM", "starcoder": "StarCoder",
    "starcoder2": "StarCoder2", "step35": "Step 3.5", "t5": "T5", "t5encoder": "T5", "wavtokenizer-dec": "WavTokenizer",
    "xverse": "XVERSE",
  ]

  /// By `model_type` of `config.json`, where GGUF has no architecture of its own for the family.
  private static let byModelType: [String: String] = [
    "blip-2": "BLIP-2", "clip": "CLIP", "distilbert": "DistilBERT", "florence2": "Florence-2", "idefics3": "Idefics 3",
    "internvl_chat": "InternVL", "llava": "LLaVA", "llava_next": "LLaVA-NeXT", "mistral": "Mistral",
    "mixtral": "Mixtral", "mllama": "Llama 3.2 Vision", "moonshine": "Moonshine", "paligemma": "PaliGemma",
    "phi3_v": "Phi-3 Vision", "phi4mm": "Phi-4 Multimodal", "pixtral": "Pixtral", "roberta": "RoBERTa",
    "siglip": "SigLIP", "smolvlm": "SmolVLM", "vit": "ViT", "voxtral": "Voxtral", "wav2vec2": "wav2vec 2.0",
    "whisper": "Whisper", "xlm-roberta": "XLM-RoBERTa", "yolos": "YOLOS",
  ]

  /// The family of an architecture; `basename`, the file's own word, goes before what only the architecture tells.
  static func name(architecture: String?, modelType: String? = nil, basename: String? = nil) -> String? {
    if let basename = basename?.trimmed, !basename.isEmpty, basename.utf8.count <= 60 { return basename }
    if let modelType, let name = byModelType[modelType] { return name }
    guard let architecture else { return nil }
    return byArchitecture[architecture] ?? (architecture == "llama" ? "Llama or alike" : nil)
  }
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
