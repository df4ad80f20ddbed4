import ArgumentParser
import LoggistModel
import LoggistStore

/// An incident with its entries, or one entry whole.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an incident with its entries, or one entry with its history.")

  @Argument(help: "INC-12 or INC.812.")
  var name: String

  @Flag(help: "Struck entries, too.")
  var struck = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    if let id = IncidentID(name.uppercased()) {
      let session = try Session.open(options)
      let incident = try session.incident(id, in: session.journal(about: id, isShown: true))
      let listing = IncidentListing(incident, session, includesStruck: struck)
      try StandardOutput.write(isJSON ? listing.json.line : listing.text(on: session.paper))
    } else if let ref = EntryRef(name.uppercased()) {
      let session = try Session.open(options)
      let entry = try session.entry(ref, in: session.journal(about: ref))
      let listing = EntryListing(entry, session)
      try StandardOutput.write(isJSON ? listing.json.line : listing.text(on: session.paper))
    } else {
      throw Failure(.notAnIncidentOrEntry(name))
    }
  }
}
