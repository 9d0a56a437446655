package import Evidence
package import Knowledge

/// A platform of the catalogue, as a list shows it.
package struct PlatformListing: Codable, Sendable, Hashable {
  /// The name to give as `machine`.
  package var name: String
  package var title: String
  package var deviceClass: String
  package var year: Int
  /// The memory sizes that it is sold with, smallest first.
  package var memoryBytesOptions: [Int]
  package var memoryBandwidthBytesPerSecond: Quantity?
  package var gpu: String?
  package var npu: String?
  /// The runtimes that are best known to work on it, best first.
  package var bestRuntimes: [String]
  package var notes: String
  package var source: String

  package init(_ record: PlatformRecord) {
    name = record.id
    title = record.name
    deviceClass = record.deviceClass
    year = record.year
    memoryBytesOptions = record.memoryBytesOptions
    memoryBandwidthBytesPerSecond = record.bandwidth
    gpu = record.gpu
    npu = record.npu
    bestRuntimes = record.bestRuntimes
    notes = record.notes
    source = record.source
  }
}

extension Advisor {
  /// The platforms whose name, title or class contains `text`, by name; all when it is nil.
  package func listPlatforms(containing text: String? = nil) -> [PlatformListing] {
    let wanted = text?.lowercased()
    return PlatformRecord.catalogue.records.filter { record in
      guard let wanted else { return true }
      return [record.id, record.name, record.deviceClass].contains { $0.lowercased().contains(wanted) }
    }.map(PlatformListing.init)
  }
}
