extension RuleBook {
  /// The rules that explain troubles of a model that runs, or should: the last two digits of their codes are 51 or more,
  /// and what does not fit into memory belongs to them too.
  package static let troubleshooting: [any Rule.Type] = all.filter { rule in
    (Int(rule.code.suffix(2)) ?? 0) > 50 || rule.code == "EW101" || rule.code == "EW102"
  }

  /// Rules that notice a consequence: the cause is what another rule, firing beside them, explains.
  package static let consequences: Set<String> = ["EW153", "EW154", "EW361", "EW363", "EW365", "EW454"]
}
