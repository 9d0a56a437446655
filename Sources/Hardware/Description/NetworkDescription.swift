/// Whether the machine looks connected, judged from its own routes and interfaces alone: nothing is sent.
package struct NetworkDescription: Codable, Sendable, Hashable {
  /// Whether there is a default route over an interface that is up.
  package var connected: Bool
  /// The interface of the default route.
  package var interface: String?
  /// What was read.
  package var evidence: String

  package init(connected: Bool, interface: String? = nil, evidence: String) {
    self.connected = connected
    self.interface = interface
    self.evidence = evidence
  }
}
