/// A measure that somebody still has to do, and the incident that it came of.
package struct OpenMeasure: Sendable, Hashable {
  package let incident: IncidentID
  package let measure: Incident.Measure
}

extension Incident {
  /// None of an incident that counts in another one: there they would be counted again.
  package var openMeasures: [OpenMeasure] { state.openMeasures(of: id) }
}

extension IncidentState {
  func openMeasures(of id: IncidentID) -> [OpenMeasure] {
    if status == .merged { return [] }
    return measures.filter(\.isOpen).map { OpenMeasure(incident: id, measure: $0) }
  }
}
