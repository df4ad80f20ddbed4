package import LoggistModel

/// What the loop asks of the outside: the store, the drafts' folder and the clock, as closures. The loop never sees
/// the store itself.
package struct World {
  /// The time of the wall.
  package var now: () -> Instant
  /// Does what an effect says; what comes of it at once is returned, what comes later arrives by `drain`.
  package var perform: (Effect) -> [Message]
  /// Descriptors that become readable when something arrives.
  package var descriptors: [Int32]
  /// What has arrived; called at least once a second.
  package var drain: () -> [Message]
  /// The command that edits a file, as words: `$VISUAL`.
  package var editor: [String]
  /// Reads and writes the file that the editor works on.
  package var editorFile: EditorFile

  /// The file that a line is in while an editor has it: private, and still there after a crash of either.
  package struct EditorFile {
    package var path: String
    package var write: (String) -> Bool
    package var read: () -> String?

    package init(path: String, write: @escaping (String) -> Bool, read: @escaping () -> String?) {
      (self.path, self.write, self.read) = (path, write, read)
    }
  }

  package init(
    now: @escaping () -> Instant, perform: @escaping (Effect) -> [Message],
    descriptors: [Int32], drain: @escaping () -> [Message], editor: [String],
    editorFile: EditorFile
  ) {
    (self.now, self.perform, self.descriptors, self.drain) = (now, perform, descriptors, drain)
    (self.editor, self.editorFile) = (editor, editorFile)
  }
}
