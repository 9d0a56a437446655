/// The classes of models, by the names in `config.json`, that loaders of Hugging Face folders know.
///
/// The lists are facts of the sources that were read; releases after them know more.
enum LoaderClasses {
  /// Source: the tables of vllm-project/vllm@0002bff0 `vllm/model_executor/models/registry.py`, without draft models.
  static let vllm: Set<String> = [
    "AfmoeForCausalLM", "ApertusForCausalLM", "AquilaForCausalLM", "AquilaModel", "ArceeForCausalLM",
    "ArcticForCausalLM", "AriaForConditionalGeneration", "AudioFlamingo3ForConditionalGeneration",
    "AyaVisionForConditionalGeneration", "BagelForConditionalGeneration", "BaiChuanForCausalLM",
    "BaichuanForCausalLM", "BailingMoeForCausalLM", "BailingMoeV2ForCausalLM", "BambaForCausalLM",
    "BeeForConditionalGeneration", "BertForSequenceClassification", "BertForTokenClassification", "BertModel",
    "BertSpladeSparseEmbeddingModel", "Blip2ForConditionalGeneration", "BloomForCausalLM", "CLIPModel",
    "ChameleonForConditionalGeneration", "ChatGLMForConditionalGeneration", "ChatGLMModel", "Cohere2ForCausalLM",
    "Cohere2VisionForConditionalGeneration", "CohereForCausalLM", "CwmForCausalLM", "DbrxForCausalLM",
    "DeciLMForCausalLM", "DeepseekForCausalLM", "DeepseekOCRForCausalLM", "DeepseekV2ForCausalLM",
    "DeepseekV32ForCausalLM", "DeepseekV3ForCausalLM", "DeepseekVLV2ForCausalLM", "Dots1ForCausalLM",
    "DotsOCRForCausalLM", "Emu3ForConditionalGeneration", "Ernie4_5ForCausalLM", "Ernie4_5_MoeForCausalLM",
    "Ernie4_5_VLMoeForConditionalGeneration", "Exaone4ForCausalLM", "ExaoneForCausalLM", "Fairseq2LlamaForCausalLM",
    "FalconForCausalLM", "FalconH1ForCausalLM", "FalconMambaForCausalLM", "FlexOlmoForCausalLM", "FuyuForCausalLM",
    "GLM4VForCausalLM", "GPT2ForSequenceClassification", "GPT2LMHeadModel", "GPTBigCodeForCausalLM",
    "GPTJForCausalLM", "GPTNeoXForCausalLM", "Gemma2ForCausalLM", "Gemma2Model", "Gemma3ForCausalLM",
    "Gemma3ForConditionalGeneration", "Gemma3TextModel", "Gemma3nForCausalLM", "Gemma3nForConditionalGeneration",
    "GemmaForCausalLM", "Glm4ForCausalLM", "Glm4MoeForCausalLM", "Glm4vForConditionalGeneration",
    "Glm4vMoeForConditionalGeneration", "GlmAsrForConditionalGeneration", "GlmForCausalLM", "GptOssForCausalLM",
    "GraniteForCausalLM", "GraniteMoeForCausalLM", "GraniteMoeHybridForCausalLM", "GraniteMoeSharedForCausalLM",
    "GraniteSpeechForConditionalGeneration", "GritLM", "Grok1ModelForCausalLM", "GteModel",
    "GteNewForSequenceClassification", "GteNewModel", "H2OVLChatModel", "HCXVisionForCausalLM",
    "HunYuanDenseV1ForCausalLM", "HunYuanMoEV1ForCausalLM", "HunYuanVLForConditionalGeneration",
    "Idefics3ForConditionalGeneration", "InternLM2ForCausalLM", "InternLM2ForRewardModel", "InternLM2VEForCausalLM",
    "InternLM3ForCausalLM", "InternLMForCausalLM", "InternS1ForConditionalGeneration", "InternVLChatModel",
    "InternVLForConditionalGeneration", "IsaacForConditionalGeneration", "JAISLMHeadModel", "Jais2ForCausalLM",
    "JambaForCausalLM", "JambaForSequenceClassification", "JinaVLForRanking", "KeyeForConditionalGeneration",
    "KeyeVL1_5ForConditionalGeneration", "KimiLinearForCausalLM", "KimiVLForConditionalGeneration",
    "LLaMAForCausalLM", "Lfm2ForCausalLM", "Lfm2MoeForCausalLM", "LightOnOCRForConditionalGeneration",
    "Llama4ForCausalLM", "Llama4ForConditionalGeneration", "LlamaBidirectionalForSequenceClassification",
    "LlamaBidirectionalModel", "LlamaForCausalLM", "LlamaModel", "Llama_Nemotron_Nano_VL",
    "LlavaForConditionalGeneration", "LlavaNextForConditionalGeneration", "LlavaNextVideoForConditionalGeneration",
    "LlavaOnevisionForConditionalGeneration", "LongcatFlashForCausalLM", "MPTForCausalLM", "Mamba2ForCausalLM",
    "MambaForCausalLM", "MantisForConditionalGeneration", "MiDashengLMModel", "MiMoForCausalLM",
    "MiMoV2FlashForCausalLM", "MiniCPM3ForCausalLM", "MiniCPMForCausalLM", "MiniCPMO", "MiniCPMV",
    "MiniMaxForCausalLM", "MiniMaxM1ForCausalLM", "MiniMaxM2ForCausalLM", "MiniMaxText01ForCausalLM",
    "MiniMaxVL01ForConditionalGeneration", "Mistral3ForConditionalGeneration", "MistralForCausalLM",
    "MistralLarge3ForCausalLM", "MistralModel", "MixtralForCausalLM", "ModernBertForSequenceClassification",
    "ModernBertForTokenClassification", "ModernBertModel", "MolmoForCausalLM", "MoonshotKimiaForCausalLM",
    "MptForCausalLM", "NVLM_D", "NemotronForCausalLM", "NemotronHForCausalLM", "NemotronH_Nano_VL_V2",
    "NomicBertModel", "OPTForCausalLM", "Olmo2ForCausalLM", "Olmo3ForCausalLM", "OlmoForCausalLM", "OlmoeForCausalLM",
    "OpenCUAForConditionalGeneration", "OrionForCausalLM", "OuroForCausalLM", "Ovis", "Ovis2_5",
    "PaddleOCRVLForConditionalGeneration", "PaliGemmaForConditionalGeneration", "PanguEmbeddedForCausalLM",
    "PanguProMoEV2ForCausalLM", "PanguUltraMoEForCausalLM", "PersimmonForCausalLM", "Phi3ForCausalLM",
    "Phi3VForCausalLM", "Phi4MMForCausalLM", "PhiForCausalLM", "PhiMoEForCausalLM", "PixtralForConditionalGeneration",
    "Plamo2ForCausalLM", "Plamo3ForCausalLM", "PrithviGeoSpatialMAE", "QWenLMHeadModel",
    "Qwen2AudioForConditionalGeneration", "Qwen2ForCausalLM", "Qwen2ForProcessRewardModel", "Qwen2ForRewardModel",
    "Qwen2Model", "Qwen2MoeForCausalLM", "Qwen2VLForConditionalGeneration", "Qwen2_5OmniForConditionalGeneration",
    "Qwen2_5OmniModel", "Qwen2_5_VLForConditionalGeneration", "Qwen3ForCausalLM", "Qwen3MoeForCausalLM",
    "Qwen3NextForCausalLM", "Qwen3OmniMoeForConditionalGeneration", "Qwen3VLForConditionalGeneration",
    "Qwen3VLMoeForConditionalGeneration", "QwenVLForConditionalGeneration", "RForConditionalGeneration",
    "RWForCausalLM", "RobertaForMaskedLM", "RobertaForSequenceClassification", "RobertaModel", "SeedOssForCausalLM",
    "SiglipModel", "SkyworkR1VChatModel", "SmolLM3ForCausalLM", "SmolVLMForConditionalGeneration", "SolarForCausalLM",
    "StableLMEpochForCausalLM", "StableLmForCausalLM", "Starcoder2ForCausalLM", "Step3TextForCausalLM",
    "Step3VLForConditionalGeneration", "Tarsier2ForConditionalGeneration", "TarsierForConditionalGeneration",
    "TeleChat2ForCausalLM", "TeleChatForCausalLM", "TeleFLMForCausalLM", "Terratorch", "UltravoxModel",
    "VoxtralForConditionalGeneration", "VoxtralStreamingGeneration", "WhisperForConditionalGeneration",
    "XLMRobertaForSequenceClassification", "XLMRobertaModel", "XverseForCausalLM", "Zamba2ForCausalLM",
  ]

  /// Source: the tables of NVIDIA/TensorRT-LLM@00b6d5a2 `docs/source/models/supported-models.md`.
  static let tensorrtLLM: Set<String> = [
    "AfmoeForCausalLM", "BertForSequenceClassification", "Cohere2ForCausalLM", "Cosmos3ForConditionalGeneration",
    "DeciLMForCausalLM", "DeepseekV2ForCausalLM", "DeepseekV32ForCausalLM", "DeepseekV3ForCausalLM",
    "DeepseekV4ForCausalLM", "Exaone4ForCausalLM", "Exaone4_5_ForConditionalGeneration", "ExaoneForCausalLM",
    "ExaoneMoEForCausalLM", "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration", "Gemma3nForConditionalGeneration",
    "Gemma4AssistantForCausalLM", "Gemma4ForConditionalGeneration", "Gemma4UnifiedForConditionalGeneration",
    "Glm4MoeForCausalLM", "Glm4MoeLiteForCausalLM", "GlmMoeDsaForCausalLM", "GptOssForCausalLM", "GraniteForCausalLM",
    "GraniteMoeHybridForCausalLM", "HCXVisionForCausalLM", "HunYuanDenseForCausalLM", "HunYuanMoEForCausalLM",
    "InklingForConditionalGeneration", "InternLM3ForCausalLM", "KimiK25ForConditionalGeneration", "LagunaForCausalLM",
    "Llama4ForConditionalGeneration", "LlamaForCausalLM", "LlavaLlamaModel", "LlavaNextForConditionalGeneration",
    "MiniCPMV4_6ForConditionalGeneration", "MiniMaxM2ForCausalLM", "MiniMaxM3SparseForConditionalGeneration",
    "Mistral3ForConditionalGeneration", "MistralForCausalLM", "MixtralForCausalLM", "MllamaForConditionalGeneration",
    "NemotronForCausalLM", "NemotronHForCausalLM", "NemotronH_Nano_VL_V2", "NemotronNASForCausalLM",
    "Olmo3ForCausalLM", "OpenELMForCausalLM", "Phi3ForCausalLM", "Phi4MMForCausalLM", "Qwen2ForCausalLM",
    "Qwen2ForProcessRewardModel", "Qwen2ForRewardModel", "Qwen2VLForConditionalGeneration",
    "Qwen2_5_VLForConditionalGeneration", "Qwen3ForCausalLM", "Qwen3ForTextEmbedding", "Qwen3MoeForCausalLM",
    "Qwen3NextForCausalLM", "Qwen3VLForConditionalGeneration", "Qwen3VLMoeForConditionalGeneration",
    "Qwen3_5ForConditionalGeneration", "Qwen3_5MoeForCausalLM", "Qwen3_5MoeForConditionalGeneration",
    "SeedOssForCausalLM", "SkyworkR1V2ForConditionalGeneration", "SmolLM3ForCausalLM",
    "Step3p7ForConditionalGeneration",
  ]

  /// The `model_type` of language models that mlx-lm knows.
  ///
  /// Source: the modules of ml-explore/mlx-lm@d78bf58e `mlx_lm/models`, and `MODEL_REMAPPING` of its `utils.py`.
  static let mlxTypes: Set<String> = [
    "Klear", "afm7", "afmoe", "apertus", "baichuan_m1", "bailing_moe", "bailing_moe_linear", "bitnet", "cohere",
    "cohere2", "dbrx", "deepseek", "deepseek_v2", "deepseek_v3", "deepseek_v32", "dots1", "ernie4_5", "ernie4_5_moe",
    "exaone", "exaone4", "exaone_moe", "falcon_h1", "falcon_mamba", "gemma", "gemma2", "gemma3", "gemma3_text",
    "gemma3n", "gemma4", "gemma4_text", "gemma4_unified", "glm", "glm4", "glm4_moe", "glm4_moe_lite", "glm_moe_dsa",
    "gpt2", "gpt_bigcode", "gpt_neox", "gpt_oss", "granite", "granitemoe", "granitemoehybrid", "helium", "hunyuan",
    "hunyuan_v1_dense", "internlm2", "internlm3", "iquestcoder", "iquestloopcoder", "jamba", "joyai_llm_flash",
    "kimi_k2", "kimi_k25", "kimi_linear", "kimi_vl", "laguna", "lfm2", "lfm2-vl", "lfm2_moe", "lille-130m", "llama",
    "llama4", "llama4_text", "llava", "longcat_flash", "longcat_flash_ngram", "mamba", "mamba2", "mellum", "mimo",
    "mimo_v2_flash", "minicpm", "minicpm3", "minimax", "minimax_m2", "ministral3", "mistral", "mistral3", "mixtral",
    "nanochat", "nemotron", "nemotron-nas", "nemotron_h", "olmo", "olmo2", "olmo3", "olmoe", "openelm", "phi",
    "phi-msft", "phi3", "phi3small", "phimoe", "phixtral", "pixtral", "plamo", "plamo2", "qwen", "qwen2",
    "qwen2_5_vl", "qwen2_moe", "qwen2_vl", "qwen3", "qwen3_5", "qwen3_5_moe", "qwen3_moe", "qwen3_next", "qwen3_vl",
    "qwen3_vl_moe", "recurrent_gemma", "rwkv7", "seed_oss", "smollm3", "solar_open", "stablelm", "starcoder2",
    "step3p5", "telechat3", "youtu_llm",
  ]

  /// The `model_type` of those that mlx-lm unpacks from 8-bit floats in blocks.
  ///
  /// Source: `weight_scale_inv` in ml-explore/mlx-lm@d78bf58e `mlx_lm/models`.
  static let mlxBlockFloatTypes: Set<String> = [
    "deepseek_v3", "deepseek_v32", "joyai_llm_flash", "kimi_k2", "mimo_v2_flash", "minimax", "minimax_m2", "ministral3",
  ]

  /// The classes that Ollama's MLX engine runs.
  ///
  /// Source: the calls of `base.Register` in ollama/ollama@fb307609 `x/models`.
  static let ollamaEngine: Set<String> = [
    "Cohere2MoeForCausalLM", "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration", "Gemma4ForCausalLM",
    "Gemma4ForConditionalGeneration", "Gemma4UnifiedForCausalLM", "Gemma4UnifiedForConditionalGeneration",
    "Glm4MoeLiteForCausalLM", "LagunaForCausalLM", "LlamaForCausalLM", "MuseGlimmerForConditionalGeneration",
    "NemotronHForCausalLM", "NemotronH_Nano_Omni_Reasoning_V3", "NemotronH_Nano_VL_V2", "Qwen3ForCausalLM",
    "Qwen3NextForCausalLM", "Qwen3NextForConditionalGeneration", "Qwen3NextMoeForCausalLM",
    "Qwen3NextMoeForConditionalGeneration", "Qwen3_5ForCausalLM", "Qwen3_5ForConditionalGeneration",
    "Qwen3_5MoeForCausalLM", "Qwen3_5MoeForConditionalGeneration",
  ]
}
