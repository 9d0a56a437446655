/// A number that a log states, and where.
package struct LogReading: Codable, Sendable, Hashable {
  /// What the number is; the name ends with its unit.
  package enum Field: String, Codable, Sendable, CaseIterable {
    case availableBytes
    case computeBufferBytes
    case contextTokens
    case decodeTokensPerSecond
    case failedAllocationBytes
    case flashAttention
    case kvCacheBytes
    case kvCacheTokens
    case kvCacheUsageFraction
    case layerCount
    case loadSeconds
    case logicalCpuCount
    case modelBufferBytes
    case modelFileBytes
    case offloadedLayerCount
    case peakMemoryBytes
    case prefillTokenCount
    case prefillTokensPerSecond
    case requestedContextTokens
    case requiredBytes
    case slotCount
    case threadCount
    case trainedContextTokens
  }

  package var field: Field
  package var value: Double
  package var line: Int
  package var excerpt: String

  package init(field: Field, value: Double, line: Int, excerpt: String) {
    self.field = field
    self.value = value
    self.line = line
    self.excerpt = excerpt
  }
}
