/// How one build of an engine compares with our own on the machine where both ran the same small models.
package struct EngineCalibration: Codable, Sendable, Hashable {
  /// The engine's id, such as `llama.cpp`.
  package var engine: String
  /// The build that ran, as it names itself.
  package var build: String
  /// The program or module that ran.
  package var program: String
  package var calibratedAtUnixSeconds: Int
  /// What was found, by number of threads and format.
  package var factors: [Factor]
  /// What a layer costs beside products for one token, by number of threads.
  package var layers: [LayerCost]

  /// Rates of products with weights of one format over ours.
  package struct Factor: Codable, Sendable, Hashable {
    /// The file type that ran, such as `Q4_K_M`, or the engine's own format, such as `openvino/int8_asym`.
    package var fileType: String
    package var threads: Int
    package var decodeFactor: Double
    package var prefillFactor: Double
    /// The prompt that `prefillFactor` was found with.
    package var promptTokens: Int
    /// Half the 80 % range of repetitions over their median, the larger of the two.
    package var spreadFraction: Double
  }

  /// The time of a layer so narrow that only its operations' starts count.
  package struct LayerCost: Codable, Sendable, Hashable {
    package var threads: Int
    package var layerSeconds: Double
    /// Of a whole pass of a prompt's batch beside its products, per layer.
    package var prefillLayerSeconds: Double
  }
}
