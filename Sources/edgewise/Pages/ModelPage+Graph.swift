import JSON

extension ModelPage {
  /// The operators of the graph, the most used ones first.
  static func graph(_ model: JSON?, on page: inout Page) {
    guard let graph = model?["graph"], let operators = graph["operators"]?.array, !operators.isEmpty else { return }
    let nodes = graph["nodeCount"]?.integer ?? 0
    let inside = graph["subgraphCount"]?.integer ?? 0
    let graphs = inside > 0 ? " in it and \(inside) graph\(inside == 1 ? "" : "s") inside it" : ""
    page.heading("Graph of \(Digits.grouped(nodes)) node\(nodes == 1 ? "" : "s")\(graphs)")
    page.facts([
      ("Written by", graph["producer"]?.string),
      ("Operator sets", sets(graph)),
      ("Operators", counts(operators)),
      ("Variables", graph["stateCount"]?.integer.flatMap { $0 > 0 ? Digits.grouped($0) : nil }),
    ])
  }

  private static func sets(_ graph: JSON) -> String? {
    let sets = (graph["operatorSets"]?.array ?? []).map {
      "\($0["domain"]?.string ?? "") \($0["version"]?.integer ?? 0)"
    }
    return sets.isEmpty ? nil : sets.joined(separator: ", ")
  }

  private static func counts(_ operators: [JSON]) -> String {
    let shown = operators.prefix(12).map { "\($0["name"]?.string ?? "") \($0["count"]?.integer ?? 0)" }
    let more = operators.count > shown.count ? ", and \(operators.count - shown.count) more" : ""
    return shown.joined(separator: ", ") + more
  }
}
