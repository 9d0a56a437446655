import Testing

@testable import Advisor

@Suite("Bandwidth by working set")
struct WorkingSetCurveTests {
  private let curve = WorkingSetCurve(
    [100.0, 100, 95, 98, 60, 60, 58, 30, 20, 20, 20].enumerated().map {
      MachineMeasurement.WorkingSetRate(workingSetBytes: 1024 << $0.offset, bandwidthBytesPerSecond: $0.element)
    })

  @Test("levels are where the rate stays; a single size between two is the way from one to the other")
  func levels() {
    #expect(curve.levels.map(\.capacityBytes) == [8192, 65536, nil])
    #expect(curve.levels.last?.bandwidthBytesPerSecond == 20)
  }

  @Test("the cached part is one below the last cache's size, nothing far beyond, and between falls")
  func cached() {
    #expect(curve.cachedFraction(workingSetBytes: 2000) == 1)
    #expect(curve.cachedFraction(workingSetBytes: 1e9) == 0)
    let between = curve.cachedFraction(workingSetBytes: 131_072)
    #expect(between > 0 && between < 1)
    #expect(WorkingSetCurve([]).cachedFraction(workingSetBytes: 1) == 0)
  }
}
