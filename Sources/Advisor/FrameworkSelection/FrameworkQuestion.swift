package import Knowledge

/// What has to be known to choose a framework; every part may be left open.
package struct FrameworkQuestion: Sendable, Hashable {
  /// The machine, the model, the goals and what is installed.
  package var situation: Situation
  package var requirements: RequirementWeights
  /// How many candidates the answer spells out, at least 1.
  package var limit: Int

  package init(
    situation: Situation = Situation(), requirements: RequirementWeights = RequirementWeights(), limit: Int = 3
  ) {
    self.situation = situation
    self.requirements = requirements
    self.limit = limit
  }
}

/// How much each requirement of the matrix counts: 0 or nil not at all, otherwise in proportion to the others.
package struct RequirementWeights: Codable, Sendable, Hashable {
  package var crossPlatform: Double?
  package var enterpriseIntegration: Double?
  package var mobileDeployment: Double?
  package var realTimeInference: Double?
  package var modelVariety: Double?
  package var easeOfUse: Double?
  package var offline: Double?

  package init() {}

  /// The weights that count, with the ids of the requirements.
  var weighted: [(id: String, weight: Double)] {
    var weighted: [(id: String, weight: Double)] = []
    func take(_ id: String, _ weight: Double?) {
      if let weight, weight > 0, weight.isFinite { weighted.append((id, weight)) }
    }
    take("crossPlatform", crossPlatform)
    take("easeOfUse", easeOfUse)
    take("enterpriseIntegration", enterpriseIntegration)
    take("mobileDeployment", mobileDeployment)
    take("modelVariety", modelVariety)
    take("offline", offline)
    take("realTimeInference", realTimeInference)
    return weighted
  }
}
