package import JSON

/// What a client calls its request, kept exactly as it came.
package enum RequestID: Sendable {
  case null
  case integer(Int64)
  case string(String)

  /// The identifier that `json` is, or nil for a fraction or anything else that cannot be one.
  package init?(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .integer(let value): self = .integer(value)
    case .string(let value): self = .string(value)
    default: return nil
    }
  }

  package var json: JSON {
    switch self {
    case .null: .null
    case .integer(let value): .integer(value)
    case .string(let value): .string(value)
    }
  }

  var text: JSON.Text {
    switch self {
    case .null: .null
    case .integer(let value): JSON.Text(value)
    case .string(let value): JSON.Text(value)
    }
  }
}

extension RequestID: Hashable {
  /// Strings are the same when their bytes are: Unicode normal forms do not count here.
  package static func == (first: RequestID, second: RequestID) -> Bool {
    switch (first, second) {
    case (.null, .null): true
    case (.integer(let first), .integer(let second)): first == second
    case (.string(let first), .string(let second)): first.utf8.elementsEqual(second.utf8)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .integer(let value): hasher.combine(value)
    case .string(let value): hasher.combine(value)
    }
  }
}
