import JSON
import OrderedCollections
import Service
import Testing

@Suite("The hardware methods")
struct HardwareMethodTests {
  private let router = Router()

  @Test("describe every platform of the list within the schema")
  func catalogue() async throws {
    let list = try await router.answer("hardware/list", nil)
    #expect(HardwareList.reply.violations(in: list).isEmpty)
    let platforms = try #require(list["platforms"]?.array)
    #expect(platforms.count == 68)
    for platform in platforms {
      let name = try #require(platform["name"])
      let reply = try await router.answer("hardware/assess", ["machine": name])
      #expect(HardwareAssess.reply.violations(in: reply).isEmpty, "\(name)")
      #expect(reply["platform"] == platform)
    }
  }

  @Test("measure this machine within the schema")
  func measured() async throws {
    let reply = try await router.answer(
      "hardware/assess", ["measure": true, "formats": ["Q4_0"], "threads": 1, "timeBudgetSeconds": 0.1])
    #expect(HardwareAssess.reply.violations(in: reply).isEmpty)
    #expect(reply["measurement"]?["formats"]?[0]?["format"] == "Q4_0")
  }

  @Test("take the machine of a reply as a machine again")
  func profile() async throws {
    let first = try await router.answer("hardware/assess", nil)
    let machine = try #require(first["machine"])
    let again = try await router.answer("hardware/assess", ["machine": machine])
    #expect(HardwareAssess.reply.violations(in: again).isEmpty)
    #expect(again["machine"]?["origin"] == "profile")
    #expect(again["machine"]?["cpu"] == machine["cpu"])
  }

  @Test(
    "refuse absurd parameters with the place and what is expected",
    arguments: [
      ["threads": 0], ["threads": 100_000], ["measure": "yes"], ["timeBudgetSeconds": -1], ["timeBudgetSeconds": 1e9],
      ["formats": []], ["mesure": true], ["machine": ["memoryBytes": -1]], ["machine": 7],
      ["machine": ["physicalCores": 8, "logicalCores": 4]], ["machine": ["memoryBytes": "8 GB"]],
    ] as [JSON])
  func absurd(params: JSON) async throws {
    do {
      _ = try await router.answer("hardware/assess", params)
      Issue.record("no failure")
    } catch {
      #expect(error.name == .invalidParams)
      #expect(!error.message.isEmpty)
    }
  }

  @Test("name the place inside a described machine and a saved one")
  func places() async throws {
    await #expect(throws: Failure.self) { try await router.answer("hardware/assess", ["machine": ["memoryByte": 1]]) }
    do {
      _ = try await router.answer("hardware/assess", ["machine": ["base": "here", "memoryByte": 1]])
    } catch {
      #expect(error.data?["violations"]?[0]?["pointer"] == "/machine/memoryByte")
      #expect(error.data?["violations"]?[0]?["didYouMean"] == "memoryBytes")
    }
    let first = try await router.answer("hardware/assess", ["machine": "rpi5"])
    guard case .object(var machine)? = first["machine"] else {
      Issue.record("no machine")
      return
    }
    machine["origin"] = "elsewhere"
    do {
      _ = try await router.answer("hardware/assess", ["machine": .object(machine)])
      Issue.record("no failure")
    } catch {
      #expect(error.data?["violations"]?[0]?["pointer"] == "/machine/origin")
    }
  }

  @Test("tell where nothing was found for a storage path that does not exist")
  func storage() async throws {
    let reply = try await router.answer("hardware/assess", ["storagePath": "/no/such/folder"])
    #expect(reply["machine"]?["storage"]?["freeBytes"] == nil)
    let missing = reply["machine"]?["notFound"]?.array ?? []
    #expect(missing.contains { $0["what"] == "free storage" })
  }
}
