/// The layouts that a store has of its own: files in `templates` that stand in for the built-in ones.
///
/// What is read here ends up in documents that people trust, so that only plain files of the store's people count.
package struct TemplateFolder: Sendable {
  private let store: Store

  /// Bytes of the largest file that is still a template.
  package static let largest = 256 << 10

  package init(_ store: Store) {
    self.store = store
  }

  package var path: String { "\(store.path)/templates" }

  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// The files there by name, in order; none where there is no folder.
  package func names() throws(TemplateRefusal) -> [String] {
    guard try check(path, isFolder: true) != nil else { return [] }
    do throws(Errno) {
      return try store.calls.names(path)
    } catch {
      throw TemplateRefusal(path: path, reason: .unreadable(error))
    }
  }

  /// The text of a file; nil where there is none of that name.
  package func text(of name: String) throws(TemplateRefusal) -> String? {
    let file = path(of: name)
    guard try check(path, isFolder: true) != nil,
      let status = try check(file, isFolder: false)
    else { return nil }
    if status.size > TemplateFolder.largest {
      throw TemplateRefusal(path: file, reason: .tooLarge(status.size))
    }
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try store.calls.contents(of: file, limit: TemplateFolder.largest)
    } catch {
      throw TemplateRefusal(path: file, reason: .unreadable(error))
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw TemplateRefusal(path: file, reason: .notText)
    }
    return text
  }

  /// Nil where there is nothing.
  private func check(_ path: String, isFolder: Bool) throws(TemplateRefusal) -> FileStatus? {
    let status: FileStatus
    do throws(Errno) {
      status = try store.calls.lstat(path)
    } catch {
      if error == .missing { return nil }
      throw TemplateRefusal(path: path, reason: .unreadable(error))
    }
    if isFolder, !status.isSymbolicLink, !status.isFolder {
      throw TemplateRefusal(path: path, reason: .notAFolder)
    }
    if let reason = store.unsafeReason(status), !(isFolder && reason == .notRegular) {
      throw TemplateRefusal(path: path, reason: .unsafe(reason))
    }
    return status
  }
}

/// Why a file is not taken for a template.
package struct TemplateRefusal: Error, Sendable, Hashable {
  package let path: String
  package let reason: Reason

  package enum Reason: Sendable, Hashable {
    case unsafe(UnsafeReason)
    case notAFolder
    /// Its size.
    case tooLarge(Int)
    /// No UTF-8.
    case notText
    case unreadable(Errno)
  }
}
