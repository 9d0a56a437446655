import JSON
import TestSupport
import Testing

@Suite("edgewise assess")
struct AssessTests {
  @Test("describes this machine")
  func here() throws {
    let child = try Child.run(["assess"])
    #expect(child.status == 0)
    #expect(child.error == "")
    for words in ["Processor", "Memory", "For a model", "Accelerators", "Surroundings"] {
      #expect(child.output.contains(words), "\(words)")
    }
  }

  @Test("describes a platform, with other memory if wanted")
  func platform() throws {
    let json = try JSON.parse(try Child.run(["assess", "--machine", "rpi5", "--memory", "4GiB", "--json"]).output)
    #expect(json["machine"]?["platform"] == "rpi5")
    #expect(json["machine"]?["memory"]?["totalBytes"] == 4_294_967_296)
  }

  @Test("takes the profile that it printed, on any machine")
  func profile() throws {
    let folder = try FileTree(["machine.json": try Child.run(["assess", "--machine", "apple-m4-pro", "--json"]).output])
    defer { withExtendedLifetime(folder) {} }
    let path = folder.path + "/machine.json"
    let json = try JSON.parse(try Child.run(["assess", "--machine", path, "--json"]).output)
    #expect(json["machine"]?["platform"] == "apple-m4-pro")
    let conflict = try Child.run(["assess", "--machine", path, "--memory", "1GiB"])
    #expect(conflict.status == 2)
    #expect(conflict.error.contains("--memory"))
  }

  @Test("lists the catalogue, all of it or a part")
  func list() throws {
    #expect(try Child.run(["assess", "--list"]).output.contains("rpi5"))
    let part = try Child.run(["assess", "--list", "orin"]).output
    #expect(part.contains("jetson"))
    #expect(!part.contains("rpi5"))
    #expect(try Child.run(["assess", "--list", "nonesuch"]).output.contains("No platform"))
  }

  @Test(
    "says what is wrong",
    arguments: [
      (["--machine", "no-such-machine"], 1, "no-such-machine"), (["--machine", "rpi5", "--measure"], 2, "Raspberry"),
      (["--machine", "/nonexistent/profile.json"], 2, "cannot open /nonexistent/profile.json"),
      (["--memory", "lots"], 2, "--memory"), (["rpi5"], 2, "--machine"), (["--measure", "-t", "0"], 2, "/threads"),
      (["--measure", "--format", "Q9_Z"], 2, "Q9_Z"),
    ] as [([String], Int32, String)])
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let child = try Child.run(["assess"] + arguments)
    #expect(child.status == status)
    #expect(child.output == "")
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }

  @Test("refuses a profile that is not JSON, or no object", arguments: ["{", "[1]", "\"rpi5\""])
  func badProfile(text: String) throws {
    let folder = try FileTree(["machine.json": text])
    defer { withExtendedLifetime(folder) {} }
    let child = try Child.run(["assess", "--machine", folder.path + "/machine.json"])
    #expect(child.status == 2)
    #expect(child.error.contains("machine.json"))
  }
}
