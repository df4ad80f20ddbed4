import LoggistDocuments
import LoggistStore

extension Failure {
  /// What is wrong with a template, and in which line.
  init(_ mistake: TemplateMistake, in path: String) {
    self.init("\(path):\(mistake.line): \(mistake.reason.sentence)", .badInput)
  }

  /// Why a file is not taken for a template.
  init(_ refusal: TemplateRefusal) {
    let reason =
      switch refusal.reason {
      case .unsafe(.symbolicLink): "is a symbolic link: put the file itself there"
      case .unsafe(.notRegular): "is not a regular file"
      case .unsafe(.writableByAll): "everybody may write it: chmod o-w"
      case .unsafe(.foreignOwner(let owner)):
        "belongs to user \(owner): it has to be the store's owner's, root's or your own"
      case .notAFolder: "is not a folder"
      case .tooLarge(let size):
        "has \(size) bytes: a template has \(TemplateFolder.largest) at most"
      case .notText: "is not UTF-8 text"
      case .unreadable(let error): "cannot be read: \(error)"
      }
    self.init("\(refusal.path) \(reason)", .badInput)
  }
}

extension TemplateMistake.Reason {
  fileprivate var sentence: String {
    switch self {
    case .unclosedTag: "a tag begins here and does not end in this line: '}}' is missing"
    case .unclosedSection(let name): "the section \(quoted(name)) is not closed: add {{/\(name)}}"
    case .wrongClose(let name, let expected?):
      "{{/\(name)}} stands where {{/\(expected)}} has to come first"
    case .wrongClose(let name, nil): "{{/\(name)}} closes a section that was not opened"
    case .unknownTag(let name, let names):
      "there is no tag \(quoted(name)): \(suggestion(name, among: names))"
        + "'loggist template tags' lists them"
    case .unsupported(let tag):
      "\(quoted(tag)) is not for these templates: there are values, sections and comments"
    case .nestedTooDeep: "sections lie deeper in each other than 32 levels"
    case .unreadable: "this is no Mustache"
    }
  }
}
