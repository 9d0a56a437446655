package import JSON
import OrderedCollections

extension ModelShape {
  /// The names that `apply(_:)` understands.
  package static let optionNames =
    [
      "architecture", "name", "layers", "hiddenSize", "feedForwardSize", "heads", "kvHeads", "headSize", "keyLength",
      "valueLength", "vocabularySize", "contextTokens", "tiesEmbeddings", "ropeBase", "ropeDimensions", "ropeFactors",
      "normEpsilon", "experts", "expertsUsed", "expertFeedForwardSize", "sharedExpertFeedForwardSize", "sharedExperts",
      "leadingDenseLayers", "slidingWindow", "windowPeriod", "windowKeyLength", "sharedCacheLayers", "attentionLayers",
      "attentionPeriod", "convolutionKernel", "innerSize", "stateSize", "recurrentHeads", "groups", "queryRank",
      "keyValueRank", "ropeLength", "perLayerWidth",
    ]

  /// A shape from its numbers alone; throws when one that every model has is missing.
  package init(options: JSON) throws(BlueprintError) {
    let list = try Self.object(options)
    func needed(_ name: String) throws(BlueprintError) -> Int {
      guard let value = list[name] else { throw BlueprintError("The shape lacks '\(name)'.") }
      return try Self.count(name, value)
    }
    guard let architecture = list["architecture"]?.string else {
      throw BlueprintError("The shape lacks 'architecture', such as llama or qwen3.")
    }
    let heads = try needed("heads")
    let hidden = try needed("hiddenSize")
    var length = heads > 0 ? hidden / heads : 0
    if let value = list["headSize"] { length = try Self.count("headSize", value) }
    self.init(
      architecture: architecture, name: "\(architecture)-shape", layers: try needed("layers"), hiddenSize: hidden,
      feedForwardSize: 4 * min(hidden, Self.most), heads: heads, kvHeads: heads, headSize: length,
      vocabularySize: 32_000, contextTokens: 131_072, tiesEmbeddings: true)
    try apply(options)
  }

  /// Sets what `options` name; throws when a name is not known or a value makes no sense.
  package mutating func apply(_ options: JSON) throws(BlueprintError) {
    let options = try Self.object(options)
    for (name, value) in options { try set(name, value) }
    for (name, value) in options where name.hasSuffix("Period") {
      // Periods depend on the number of layers, whichever came first.
      let period = max(1, try Self.count(name, value))
      let lasts = (0..<min(layers, Self.mostLayers)).map { $0 % period == period - 1 }
      if name == "windowPeriod" { windowLayers = lasts.map { !$0 } } else { attentionLayers = lasts }
    }
  }

  private mutating func set(_ name: String, _ value: JSON) throws(BlueprintError) {
    switch name {
    case "architecture", "name", "ropeFactors", "tiesEmbeddings", "ropeBase", "normEpsilon": try setWord(name, value)
    case "layers": layers = try Self.count(name, value)
    case "hiddenSize": hiddenSize = try Self.count(name, value)
    case "feedForwardSize": feedForwardSizes = try Self.counts(name, value)
    case "heads": heads = try Self.count(name, value)
    case "kvHeads": kvHeads = try Self.count(name, value)
    case "headSize":
      keyLength = try Self.count(name, value)
      valueLength = keyLength
    case "keyLength": keyLength = try Self.count(name, value)
    case "valueLength": valueLength = try Self.count(name, value)
    case "vocabularySize": vocabularySize = try Self.count(name, value)
    case "contextTokens": contextTokens = try Self.count(name, value)
    case "ropeDimensions": ropeDimensions = try Self.count(name, value)
    case "experts": experts = try Self.count(name, value)
    case "expertsUsed": expertsUsed = try Self.count(name, value)
    case "expertFeedForwardSize": expertFeedForwardSize = try Self.count(name, value)
    case "sharedExpertFeedForwardSize": sharedExpertFeedForwardSize = try Self.count(name, value)
    case "sharedExperts": sharedExperts = try Self.count(name, value)
    case "leadingDenseLayers": leadingDenseLayers = try Self.count(name, value)
    case "slidingWindow": slidingWindow = try Self.count(name, value)
    case "windowKeyLength": windowKeyLength = try Self.count(name, value)
    case "sharedCacheLayers": sharedCacheLayers = try Self.count(name, value)
    case "windowPeriod", "attentionPeriod": _ = try Self.count(name, value)
    default: try setPart(name, value)
    }
  }

  private mutating func setWord(_ name: String, _ value: JSON) throws(BlueprintError) {
    switch (name, value.string, value.double, value.bool) {
    case ("architecture", let text?, _, _): architecture = text
    case ("name", let text?, _, _): self.name = text
    case ("ropeFactors", let text?, _, _) where RopeFactors(rawValue: text) != nil:
      ropeFactors = RopeFactors(rawValue: text) ?? .none
    case ("ropeBase", _, let number?, _) where number > 0: ropeBase = number
    case ("normEpsilon", _, let number?, _) where number > 0: normEpsilon = number
    case ("tiesEmbeddings", _, _, let flag?): tiesEmbeddings = flag
    default: throw BlueprintError("'\(name)' of the shape cannot be \(value).")
    }
  }

  private mutating func setPart(_ name: String, _ value: JSON) throws(BlueprintError) {
    switch name {
    case "attentionLayers":
      let attending = Set(try Self.counts(name, value))
      attentionLayers = (0..<min(max(0, layers), Self.mostLayers)).map { attending.contains($0) }
    case "convolutionKernel", "innerSize", "stateSize", "recurrentHeads", "groups":
      var part = recurrence ?? Recurrence(convolutionKernel: 4)
      let count = try Self.count(name, value)
      switch name {
      case "convolutionKernel": part.convolutionKernel = count
      case "innerSize": part.innerSize = count
      case "stateSize": part.stateSize = count
      case "recurrentHeads": part.heads = count
      default: part.groups = count
      }
      recurrence = part
    case "queryRank", "keyValueRank", "ropeLength":
      var part = latent ?? Latent(queryRank: nil, keyValueRank: 512, ropeLength: 64)
      let count = try Self.count(name, value)
      switch name {
      case "queryRank": part.queryRank = count
      case "keyValueRank": part.keyValueRank = count
      default: part.ropeLength = count
      }
      latent = part
    case "perLayerWidth":
      perLayer = PerLayer(width: try Self.count(name, value), vocabularySize: vocabularySize)
    default:
      throw BlueprintError(
        "A shape has no '\(name)'. It has: \(Self.optionNames.joined(separator: ", ")).")
    }
  }

  private static func object(_ options: JSON) throws(BlueprintError) -> JSON.Object {
    guard let object = options.object else {
      throw BlueprintError("A shape must be an object of names and numbers, such as {\"layers\": 4}.")
    }
    return object
  }

  private static func count(_ name: String, _ value: JSON) throws(BlueprintError) -> Int {
    guard let count = value.integer, (0...(1 << 31)).contains(count) else {
      throw BlueprintError("'\(name)' of the shape must be a whole number from 0 to 2^31, not \(value).")
    }
    return count
  }

  private static func counts(_ name: String, _ value: JSON) throws(BlueprintError) -> [Int] {
    guard let list = value.array else { return [try count(name, value)] }
    guard (1...mostLayers).contains(list.count) else {
      throw BlueprintError("'\(name)' of the shape has \(list.count) numbers; expected 1 to \(mostLayers).")
    }
    var result: [Int] = []
    for element in list { result.append(try count(name, element)) }
    return result
  }
}
