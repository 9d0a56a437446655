import JSON
import JSONRPC
import Synchronization
import Testing

struct InFlightTests {
  /// Collects what a table delivers.
  private final class Answers: Sendable {
    private let all = Mutex<[Answer?]>([])
    var taken: [Answer?] { all.withLock { $0 } }
    func take(_ response: Answer?) { all.withLock { $0.append(response) } }
  }

  @Test func `a request is answered once`() throws {
    let (table, answers) = (InFlight(), Answers())
    let ticket = try #require(table.register(.integer(1), answers.take))
    #expect(table.isOpen(ticket))
    #expect(table.answer(ticket, .success(JSON.Text(1))))
    #expect(!table.answer(ticket, .success(JSON.Text(2))))
    #expect(!table.cancel(.integer(1), answering: .requestCancelled))
    table.finish(ticket)
    #expect(answers.taken == [Answer(id: .integer(1), outcome: .success(JSON.Text(1)))])
    #expect(table.count == 0)
  }

  @Test func `an identifier is taken until its request is answered, and null never is`() throws {
    let (table, answers) = (InFlight(), Answers())
    let first = try #require(table.register(.string("a"), answers.take))
    #expect(table.register(.string("a"), answers.take) == nil)
    #expect(table.register(.null, answers.take) != nil)
    #expect(table.register(.null, answers.take) != nil)
    table.answer(first, .success(.null))
    #expect(table.register(.string("a"), answers.take) != nil)
  }

  @Test func `a cancel answers at once, stops the work, and silences the handler`() throws {
    let (table, answers) = (InFlight(), Answers())
    let stops = Atomic(0)
    let ticket = try #require(table.register(.integer(1), answers.take))
    table.attach(ticket) { stops.add(1, ordering: .relaxed) }
    #expect(table.cancel(.integer(1), answering: .requestCancelled))
    #expect(!table.cancel(.integer(1), answering: .requestCancelled))
    #expect(!table.answer(ticket, .success(JSON.Text(1))))
    #expect(stops.load(ordering: .relaxed) == 1)
    #expect(table.count == 1)
    table.finish(ticket)
    #expect(answers.taken == [Answer(id: .integer(1), outcome: .failure(.requestCancelled))])
  }

  @Test func `a cancel that comes before the work is known stops it when it is`() throws {
    let (table, answers) = (InFlight(), Answers())
    let stops = Atomic(0)
    let ticket = try #require(table.register(.integer(1), answers.take))
    table.cancel(.integer(1), answering: nil)
    table.attach(ticket) { stops.add(1, ordering: .relaxed) }
    #expect(stops.load(ordering: .relaxed) == 1)
    #expect(answers.taken == [nil])
  }

  @Test func `stopping all silences all`() throws {
    let (table, answers) = (InFlight(), Answers())
    let stops = Atomic(0)
    for id in 0..<10 {
      let ticket = try #require(table.register(.integer(Int64(id)), answers.take))
      table.attach(ticket) { stops.add(1, ordering: .relaxed) }
    }
    table.cancelAll()
    #expect(stops.load(ordering: .relaxed) == 10)
    #expect(answers.taken.isEmpty)
  }

  @Test func `answers and cancels that race give exactly one outcome each`() async throws {
    let (table, answers) = (InFlight(), Answers())
    var tickets: [InFlight.Ticket] = []
    for id in 0..<500 { tickets.append(try #require(table.register(.integer(Int64(id)), answers.take))) }
    await withTaskGroup(of: Void.self) { group in
      for (id, ticket) in tickets.enumerated() {
        group.addTask { table.answer(ticket, .success(JSON.Text(1))) }
        group.addTask { table.cancel(.integer(Int64(id)), answering: .requestCancelled) }
        group.addTask { table.answer(ticket, .success(JSON.Text(2))) }
      }
    }
    for ticket in tickets { table.finish(ticket) }
    #expect(Set(answers.taken.compactMap { $0?.id.json.integer }) == Set(0..<500))
    #expect(answers.taken.count == 500)
    #expect(table.count == 0)
  }
}
