extension ModelConfiguration {
  private static let speech: Set<String> = [
    "whisper", "wav2vec2", "wav2vec2-bert", "hubert", "speecht5", "seamless_m4t", "moonshine", "parakeet_ctc",
    "parakeet_encoder", "parler_tts", "bark", "vits", "kyutai_speech_to_text", "csm", "dia", "qwen3_tts",
  ]
  private static let seeing: Set<String> = [
    "vit", "deit", "beit", "swin", "convnext", "convnextv2", "resnet", "dinov2", "dinov3_vit", "detr", "yolos",
    "rt_detr",
    "segformer", "sam", "sam2", "depth_anything", "siglip", "siglip2", "clip", "mobilevit", "efficientnet",
    "mobilenet_v2",
  ]
  private static let encoderDecoders: Set<String> = [
    "t5", "mt5", "umt5", "bart", "mbart", "m2m_100", "marian", "pegasus", "t5gemma",
  ]
  private static let encoders: Set<String> = [
    "bert", "roberta", "xlm-roberta", "distilbert", "albert", "electra", "deberta", "deberta-v2", "modernbert",
    "nomic_bert", "mpnet", "camembert", "ernie", "xlm-roberta-xl", "eurobert", "new", "gte", "jina_bert",
  ]

  /// Whether the language part reads all tokens at once and caches nothing.
  var isEncoder: Bool {
    guard let type = text.text("model_type") ?? modelType else { return text.flag("is_causal") == false }
    return Self.encoders.contains(type) || text.flag("is_causal") == false || Self.seeing.contains(type)
  }

  /// What the model is for; `hasPooling` says whether the folder has the pooling of a sentence embedding.
  func kind(hasPooling: Bool) -> ModelKind {
    let type = modelType ?? ""
    let name = modelClass ?? ""
    if Self.speech.contains(type) || name.hasSuffix("ForCTC") || name.hasSuffix("ForSpeechSeq2Seq") { return .speech }
    if Self.seeing.contains(type) || name.hasSuffix("ForImageClassification") || name.hasSuffix("ForObjectDetection") {
      return .vision
    }
    if Self.encoderDecoders.contains(type) { return name.hasSuffix("EncoderModel") ? .encoder : .encoderDecoder }
    if hasPooling { return .embedding }
    if name.hasSuffix("ForSequenceClassification") || name.hasSuffix("ForTokenClassification") { return .encoder }
    if Self.encoders.contains(type) || isEncoder { return .encoder }
    if vision != nil || name.contains("VL") || name.contains("Vision") { return .visionLanguage }
    if audio != nil { return .audioLanguage }
    if name.hasSuffix("ForCausalLM") || name.hasSuffix("LMHeadModel") || name.hasSuffix("ForConditionalGeneration")
      || ConverterArchitectures.byClass[name] != nil || architecture.map({ $0 != type }) == true
    {
      return .language
    }
    return .unknown
  }

  func modalities(_ kind: ModelKind) -> [Modality] {
    switch kind {
    case .speech: [.audio]
    case .vision: ["clip", "siglip", "siglip2"].contains(modelType ?? "") ? [.text, .image] : [.image]
    case .visionLanguage:
      [.text, .image] + (audio != nil ? [.audio] : [])
        + (root.has("video_token_id") || root.has("video_token_index") ? [.video] : [])
    case .audioLanguage: [.text, .audio]
    case .unknown: []
    default: [.text]
    }
  }
}
