import Knowledge
import Testing

@Suite struct FrameworkFactTests {
  @Test("every framework has one record, and every record is of a framework")
  func frameworks() {
    #expect(Set(FrameworkRecord.catalogue.records.compactMap(\.framework)) == Set(Framework.allCases))
    #expect(FrameworkRecord.catalogue.records.count == Framework.allCases.count)
    for (place, framework) in Framework.allCases.enumerated() { #expect(framework.index == place) }
  }

  @Test(
    "the requirement matrix grades every framework once in every row", arguments: RequirementRecord.catalogue.records)
  func requirements(_ row: RequirementRecord) {
    #expect(row.grades.map(\.framework.rawValue).sorted() == Framework.allCases.map(\.rawValue).sorted())
  }

  @Test(
    "the requirement matrix keeps what is commonly said",
    arguments: [
      ("crossPlatform", ["excellent", "good", "good", "Apple only"]),
      ("enterpriseIntegration", ["basic", "excellent", "excellent", "limited"]),
      ("mobileDeployment", ["excellent", "good", "good", "iOS excellent"]),
      ("realTimeInference", ["excellent", "excellent", "excellent", "excellent"]),
      ("modelVariety", ["LLM-centred", "all", "all", "LLM-centred"]),
      ("easeOfUse", ["simple", "automated", "moderate", "simple"]),
    ])
  func commonGrades(_ id: String, _ words: [String]) throws {
    let row = try #require(RequirementRecord.catalogue.record(id))
    let four: [Framework] = [.llamaCpp, .olive, .openvino, .mlx]
    #expect(four.map { row.entry($0)?.commonly } == words)
  }

  @Test(
    "the platform matrix keeps what is commonly said",
    arguments: [
      ("intel-cpu", [Framework.openvino, .olive]), ("nvidia-gpu", [.olive, .openvino]),
      ("apple-mac", [.mlx, .llamaCpp]), ("android-other", [.llamaCpp, .openvino]),
      ("edge-tpu", [.openvino, .olive]), ("arm-board", [.llamaCpp, .openvino]),
    ])
  func commonRows(_ id: String, _ order: [Framework]) throws {
    #expect(try #require(PlatformRow.catalogue.record(id)).commonly == order)
  }

  @Test("a row that differs from what is commonly said in its first two names a correction that exists")
  func corrections() {
    for row in PlatformRow.catalogue.records {
      if let id = row.correction { #expect(Correction.catalogue.record(id) != nil, "\(row.id)") }
      #expect(!row.current.isEmpty && Set(row.current).count == row.current.count)
    }
    for id in ["edge-tpu", "nvidia-gpu", "jetson", "intel-cpu", "android-snapdragon"] {
      #expect(PlatformRow.catalogue.record(id)?.correction != nil, "\(id)")
    }
  }

  @Test(
    "workflow orders are those of the selection guides",
    arguments: [
      ("prototyping", [Framework.llamaCpp, .mlx, .olive, .openvino]),
      ("enterprise", [Framework.olive, .openvino, .mlx, .llamaCpp]),
    ])
  func workflows(_ id: String, _ order: [Framework]) {
    #expect(WorkflowRecord.catalogue.record(id)?.order == order)
  }

  @Test("every workflow and use case that a situation can name has a record")
  func cases() {
    #expect(Set(WorkflowRecord.catalogue.records.map(\.id)) == Set(Situation.Workflow.allCases.map(\.rawValue)))
    #expect(Set(UseCaseRecord.catalogue.records.map(\.id)) == Set(Situation.UseCase.allCases.map(\.rawValue)))
  }

  @Test("the flags of every command were checked", arguments: FrameworkRecord.catalogue.records)
  func flags(_ record: FrameworkRecord) {
    for command in record.commands { #expect(record.unknownFlags(in: command.line).isEmpty, "\(command.line)") }
  }

  @Test("a flag that no tool has is found")
  func wrongFlag() throws {
    let record = try #require(FrameworkRecord.catalogue.record("llama.cpp"))
    #expect(record.unknownFlags(in: "llama-server -m a.gguf --mlock") == ["llama-server --mlock"])
    #expect(record.unknownFlags(in: "nothing -m a.gguf") == ["nothing"])
  }
}
