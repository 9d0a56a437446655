import JSON
import Knowledge
import Service
import Testing

@Suite("The diagnosis methods")
struct DiagnosisMethodTests {
  let router = Router()
  static let nowhere: JSON = ["accelerators": []]

  @Test("answer examples within their schemas, with what they show")
  func examples() async throws {
    for method in MethodTable.all where ["diagnosis/explain", "rule/explain"].contains(method.name) {
      for example in method.examples {
        do {
          let reply = try await router.answer(method.name, example.params)
          #expect(example.failure == nil)
          #expect(method.reply.violations(in: reply).isEmpty, "\(example.name)")
          for (pointer, expected) in example.shows {
            let found = pointer.split(separator: "/").reduce(reply as JSON?) { value, key in
              Int(key).map { value?[$0] } ?? value?[String(key)]
            }
            #expect(found == expected, "\(example.name) \(pointer)")
          }
        } catch {
          #expect(error.name == example.failure, "\(example.name): \(error)")
        }
      }
    }
  }

  @Test("explain every code of the list within the schema")
  func codes() async throws {
    let codes = try #require(try await router.answer("rule/explain", [:])["codes"]?.array)
    #expect(codes.count == RuleBook.all.count + Symptom.catalogue.records.count + Complaint.all.count)
    for code in codes {
      let reply = try await router.answer("rule/explain", ["code": try #require(code["code"])])
      #expect(RuleExplain.reply.violations(in: reply).isEmpty)
      let kind = try #require(code["kind"]?.string)
      #expect(reply[kind]?["code"] == code["code"])
    }
  }

  @Test("every known message gets an answer within the schema")
  func messages() async throws {
    for symptom in Symptom.catalogue.records where symptom.match == "substring" {
      let reply = try await router.answer(
        "diagnosis/explain", ["logText": .string("x\n\(symptom.pattern)\n"), "machine": Self.nowhere])
      #expect(DiagnosisExplain.reply.violations(in: reply).isEmpty, "\(symptom.id)")
      #expect(reply["causes"]?.array?.contains { $0["code"] == .string(symptom.id) } == true, "\(symptom.id)")
    }
  }

  @Test(
    "refuse what is out of range, with the place",
    arguments: [
      ["metrics": ["cpuUtilizationFraction": 80]], ["metrics": ["latencySeconds": -1]], ["metrics": ["threads": -4]],
      ["metrics": ["cpuUtilisationFraction": 0.5]], ["logText": 3], ["metrics": []], ["framework": ""],
      ["model": "no-such-model-anywhere", "symptom": "slow"],
    ] as [JSON])
  func refused(_ params: JSON) async throws {
    await #expect(throws: Failure.self) { try await router.answer("diagnosis/explain", params) }
  }

  @Test("a described machine and a model of the catalogue reach the rules")
  func described() async throws {
    let reply = try await router.answer(
      "diagnosis/explain",
      [
        "symptom": "runs out of memory", "model": "llama-3.1-8b",
        "metrics": ["contextLength": 131_072, "weightBytes": 4_920_000_000],
        "machine": ["accelerators": [], "memoryBytes": 16_000_000_000],
      ])
    let codes = reply["causes"]?.array?.compactMap { $0["code"]?.string } ?? []
    #expect(codes.contains("EW152"))
    #expect(reply["assumptions"]?.array?.contains { $0["what"] == "It happened on this machine." } == false)
  }
}
