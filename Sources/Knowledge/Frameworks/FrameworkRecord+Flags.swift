extension FrameworkRecord {
  /// The programs and flags of a command line that the record's tools do not list; commands may be joined by `&&`, and
  /// a pipe ends one.
  package func unknownFlags(in line: String) -> [String] {
    var unknown: [String] = []
    for words in Self.commands(in: line) {
      let text = words.joined(separator: " ")
      let tool = tools.filter { text == $0.name || text.hasPrefix($0.name + " ") }.max {
        $0.name.count < $1.name.count
      }
      guard let tool else {
        unknown.append(words.first ?? "")
        continue
      }
      for word in words.dropFirst(tool.name.split(separator: " ").count) {
        guard let flag = Self.flag(word), !tool.flags.contains(flag) else { continue }
        unknown.append("\(tool.name) \(flag)")
      }
    }
    return unknown
  }

  /// The word as a flag, without its value; nil for a value, including a negative number.
  private static func flag(_ word: String) -> String? {
    guard word.hasPrefix("-"), word.dropFirst().first?.isNumber != true else { return nil }
    return word
  }

  /// The words of each command of a line; quoted text is one word.
  private static func commands(in line: String) -> [[String]] {
    var commands: [[String]] = [[]]
    var word = ""
    var quote: Character?
    func finish(_ commands: inout [[String]], _ word: inout String) {
      if word == "&&" || word == "|" {
        commands.append([])
      } else if !word.isEmpty {
        commands[commands.count - 1].append(word)
      }
      word = ""
    }
    for character in line {
      if let open = quote {
        if character == open { quote = nil }
        word.append(character == "-" ? "_" : character)
      } else if character == "\"" || character == "'" {
        quote = character
        word.append(character)
      } else if character == " " {
        finish(&commands, &word)
      } else {
        word.append(character)
      }
    }
    finish(&commands, &word)
    // What a pipe leads into is a shell.
    return commands.filter { !$0.isEmpty && $0 != ["sh"] }
  }
}
