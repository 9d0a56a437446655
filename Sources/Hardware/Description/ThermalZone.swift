/// A temperature sensor of the machine.
package struct ThermalZone: Codable, Sendable, Hashable {
  package var name: String
  package var temperatureCelsius: Double
  /// The lowest temperature at which the kernel slows the machine down, when it tells.
  package var throttleCelsius: Double?

  package init(name: String, temperatureCelsius: Double, throttleCelsius: Double? = nil) {
    self.name = name
    self.temperatureCelsius = temperatureCelsius
    self.throttleCelsius = throttleCelsius
  }
}
