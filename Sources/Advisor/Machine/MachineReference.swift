package import Hardware

/// Which machine a question is about; on the wire the value of `"machine"`.
package enum MachineReference: Sendable, Hashable {
  /// The machine that runs this process; on the wire the field is absent.
  case here
  /// A platform of the catalogue, by its id: a string.
  case platform(String)
  /// A machine in the caller's words: an object of `MachineOverrides` fields.
  ///
  /// With `"base": "here"` the fields replace those of this machine, with `"base": "rpi5"` those of that platform; without
  /// a base nothing else is known of the machine.
  case described(base: String?, MachineOverrides)
  /// A description that `hardware/assess` gave earlier, here or elsewhere: its `machine` object.
  case profile(MachineDescription)
  /// A machine with what was measured on it, as `hardware/assess` saves it: an object with `measurement`.
  case measured(MachineProfile)
}

extension MachineReference: Codable {
  private enum Key: String, CodingKey { case base, cpu, measurement }

  package init(from decoder: any Decoder) throws {
    // Objects are the common case, and trying them as something else first would cost more than reading them.
    guard let container = try? decoder.container(keyedBy: Key.self) else {
      self = .platform(try decoder.singleValueContainer().decode(String.self))
      return
    }
    if container.contains(.measurement) {
      self = .measured(try MachineProfile(from: decoder))
    } else if container.contains(.cpu) {
      self = .profile(try MachineDescription(from: decoder))
    } else {
      let base = try container.decodeIfPresent(String.self, forKey: .base)
      self = .described(base: base, try MachineOverrides(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .here:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .platform(let name):
      var container = encoder.singleValueContainer()
      try container.encode(name)
    case .described(let base, let overrides):
      try overrides.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encodeIfPresent(base, forKey: .base)
    case .profile(let machine):
      try machine.encode(to: encoder)
    case .measured(let profile):
      try profile.encode(to: encoder)
    }
  }
}
