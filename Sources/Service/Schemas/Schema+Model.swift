import Advisor
package import JSON

extension Schema {
  /// The required parameter that names a model.
  package static let model: Member = .required(
    "model", .string(length: 1...4096),
    "The path of a model's file or folder, a name that model/list shows, or one of the local Ollama (ollama:NAME).")

  /// What is known about a model.
  package static let modelDescription: Schema = .named(
    "ModelDescription",
    .record(
      "What is known about a model; a field that the file or the catalogue does not tell is absent.",
      [
        .required("name", .string, "The name that people use."),
        .required("origin", .string(["file", "catalogue"]), "Where the description comes from."),
        .required("source", .string, "The path of the file, or the citation."),
        .optional("fileFormat", .string(ModelReport.fileFormats), "The format of the files."),
        .optional("storage", .string(ModelReport.storages), "How the files lie on disk."),
        .optional("architecture", .string, "The architecture as GGUF files name it."),
        .optional("modelClass", .string, "The class that config.json names."),
        .optional("modelType", .string, "The model_type that config.json names."),
        .optional("layout", .string(ModelReport.layouts), "Whose conventions a folder follows."),
        .optional("family", .string, "The family as people name it."),
        .required("kind", .string(ModelReport.modelKinds), "What the model is for."),
        .required("modalities", .array(.string(ModelReport.modalities)), "What it takes in, as far as known."),
        .optional("parameterCount", .integer(0...), "All values of all tensors."),
        .optional("activeParameterCount", .integer(0...), "The parameters that one token uses."),
        .required("parameterSource", .string, "How the parameters were counted."),
        .optional("fileBytes", .integer(0...), "The size of the file, or of all parts together."),
        .optional("fileCount", .integer(1...), "How many files the model has."),
        .optional("weightBytes", .integer(0...), "The bytes of the tensors alone."),
        .optional(
          "lookupOnlyBytes", .integer(0...), "The bytes of the embedding when it is not also the output layer."),
        .required("formats", .array(formatSummary), "The tensors by format, most bytes first; empty without a file."),
        .required("matrixWidths", .array(matrixWidth), "The matrices by row length; empty without a file."),
        .optional("dominantFormat", .string, "The format that holds the most parameters."),
        .optional("fileType", .string, "The mixture that the file says it is, such as Q4_K_M."),
        .required("hyperparameters", hyperparameters, "The numbers that define the transformer."),
        .optional("attention", .string(ModelReport.attentionKinds), "How layers attend to earlier tokens."),
        .required("usesSlidingWindow", .boolean, "Whether some layers see only a window of the context."),
        .required("hasRecurrentLayers", .boolean, "Whether some layers keep a state of fixed size instead of a cache."),
        .required("isMixtureOfExperts", .boolean, "Whether each token uses only some experts."),
        .optional("cacheLayers", .array(cacheLayers), "The layers that cache keys and values, in groups."),
        .optional("recurrentStateBytes", .integer(0...), "The fixed state of the recurrent layers for one sequence."),
        .optional("tokenizer", tokenizer, "How the model turns text into tokens."),
        .optional("quantization", quantizationScheme, "How the weights were quantized, as the configuration says."),
        .required("components", .array(modelComponent), "The parts that engines load for themselves."),
        .optional("graph", graphDescription, "The operators, for formats that hold a graph."),
        .optional("adapter", adapterDescription, "What an adapter (LoRA) changes."),
        .optional("license", .string, "The license as the model names it."),
        .required("notes", .array(.string), "What is missing or unusual."),
      ]))

  private static let quantizationScheme: Schema = .record(
    "How weights were quantized.",
    [
      .required("method", .string, "The method as its tool writes it."),
      .required("algorithms", .array(.string), "What ModelOpt calls its algorithms; several when layers differ."),
      .optional("bits", .integer(1...64), "The bits of one weight, scales not included."),
      .optional("groupSize", .integer(1...), "The weights that share a scale."),
      .optional("isSymmetric", .boolean, "Whether groups have no zero point."),
      .optional("weightType", .string, "The numeric type of the weights."),
      .optional("activationBits", .integer(1...64), "The bits of the activations, when they are quantized too."),
      .optional("cacheType", .string, "The type that the model has scales for in the KV cache."),
      .required("hasGroupIndex", .boolean, "Whether an index tells the group of each column (g_idx)."),
      .required("excludedModules", .array(.string), "The modules that are left as they were, at most 32."),
      .required("overrideCount", .integer(0...), "How many modules have settings of their own."),
    ])

  private static let modelComponent: Schema = .record(
    "A part of a model.",
    [
      .required("role", .string(ModelReport.componentRoles), "What it does."),
      .optional("path", .string, "The file that holds it alone."),
      .optional("parameterCount", .integer(0...), "Its parameters."),
      .required("bytes", .integer(0...), "Its tensors, or its file."),
      .optional("name", .string, "What its model calls it."),
      .optional("modelClass", .string, "The class that loads it."),
      .required("formats", .array(formatSummary), "Its tensors by format, where that is told for each part."),
    ])

  private static let adapterDescription: Schema = .record(
    "A low-rank change of another model.",
    [
      .required("type", .string, "lora, or what the file says."),
      .optional("rank", .integer(0...), "The inner width of the two factors."),
      .optional("alpha", .number, "The change is scaled by alpha over rank."),
      .optional("baseModel", .string, "The model that it changes."),
      .required("targets", .array(.string), "The kinds of matrices that it changes."),
    ])

  private static let formatSummary: Schema = .record(
    "All tensors of one format.",
    [
      .required("format", .string, "The format's name."),
      .required("tensors", .integer(0...), "How many tensors."),
      .required("parameters", .integer, "How many values they hold."),
      .required("bytes", .integer, "Their exact size."),
      .required("bitsPerParameter", .number, "The cost of one value, scales included."),
    ])

  private static let matrixWidth: Schema = .record(
    "All matrices of one row length.",
    [
      .required("columns", .integer(1...), "The values of a row."),
      .required("tensors", .integer(0...), "How many matrices."),
      .required("parameters", .integer, "How many values they hold."),
    ])

  private static let cacheLayers: Schema = .record(
    "Layers that keep the same for each token.",
    [
      .required("growth", .string(["full", "window"]), "Whether they keep the whole context or a window of it."),
      .required("layerCount", .integer(0...), "How many layers."),
      .optional("windowTokens", .integer(1...), "The tokens of the window."),
      .required("keyValues", .integer(0...), "Key values of one layer for one token."),
      .required("valueValues", .integer(0...), "Value values of one layer for one token."),
    ])

  private static let tokenizer: Schema = .record(
    "A tokenizer.",
    [
      .required("kind", .string(ModelReport.tokenizerKinds), "The family of tokenizers."),
      .optional("name", .string, "The name in the file."),
      .optional("preTokenizer", .string, "The rules that cut text first."),
      .optional("vocabularySize", .integer(0...), "The number of tokens."),
      .optional("mergeCount", .integer(0...), "The number of merges."),
      .required("hasChatTemplate", .boolean, "Whether the file has a chat template."),
    ])

  private static let hyperparameters: Schema = .record(
    "The numbers that define a transformer; absent where the source does not say.",
    [
      .optional("blockCount", .integer(0...), "Layers."),
      .optional("contextTokens", .integer(0...), "The context that the model was made for."),
      .optional("embeddingLength", .integer(0...), "The width of the model."),
      .optional("feedForwardLength", .array(.integer), "The inner feed-forward width; one number, or one per layer."),
      .optional("expertFeedForwardLength", .integer(0...), "The inner width of one expert."),
      .optional("headCount", .array(.integer), "Query heads; one number, or one per layer."),
      .optional("headCountKV", .array(.integer), "Key and value heads; one number, or one per layer."),
      .optional("keyLength", .integer(0...), "The values of one key head."),
      .optional("valueLength", .integer(0...), "The values of one value head."),
      .optional("ropeDimensionCount", .integer(0...), "The leading values of a head that are rotated."),
      .optional("ropeBase", .number, "The base of the rotary frequencies."),
      .optional("ropeScaling", .any, "How rotary positions are stretched."),
      .optional("rmsEpsilon", .number, "The epsilon of the RMS norms."),
      .optional("layerNormEpsilon", .number, "The epsilon of the layer norms."),
      .optional("slidingWindowTokens", .integer(1...), "How far back windowed layers see."),
      .optional("slidingWindowPattern", .integer(0...), "Of so many layers the last sees everything."),
      .optional("expertCount", .integer(1...), "Experts in each layer."),
      .optional("expertUsedCount", .integer(1...), "Experts that one token uses."),
      .optional("expertSharedCount", .integer(0...), "Experts that every token uses."),
      .optional("expertSharedFeedForwardLength", .integer(0...), "The inner width of the shared experts together."),
      .optional("leadingDenseBlockCount", .integer(0...), "The first layers, which have no experts."),
      .optional("latentRank", .integer(1...), "The vector that latent attention (MLA) keeps for keys and values."),
      .optional("latentQueryRank", .integer(1...), "The vector that MLA makes queries from."),
      .optional("latentKeyLength", .integer(1...), "The values of an expanded key head of MLA."),
      .optional("latentValueLength", .integer(1...), "The values of an expanded value head of MLA."),
      .optional("predictionLayerCount", .integer(1...), "The last layers, which only predict further tokens."),
      .optional("sharedCacheLayerCount", .integer(1...), "The last layers, which use the cache of earlier ones."),
      .optional("vocabularySize", .integer(0...), "The number of tokens."),
      .optional("tiedOutput", .boolean, "Whether the output layer is the embedding."),
    ])

  /// How well a numeric format fits the shape of a model.
  package static let quantizationFit: Schema = .named(
    "QuantizationFit",
    .record(
      "How well a numeric format of a framework fits the shape of a model.",
      [
        .required("id", .string, "The format as framework/name."),
        .required("framework", .string(QuantizationFit.frameworks), "The framework that offers it."),
        .required("format", .string, "Its name there."),
        .required("verdict", .cases(QuantizationFit.Verdict.self), "Whether the rows divide into its blocks."),
        .required("fallbackFraction", .number(0...1), "The share of the parameters whose rows do not divide."),
        .optional("weightBytes", quantity, "The size of the weights in it."),
        .required("because", .string, "What the verdict rests on."),
        .required("importanceMatrix", .string, "Whether it needs or gains from calibration: none to required."),
      ]))
}
