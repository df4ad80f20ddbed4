/// Turns the terminal's bytes into keys, pastes and focus changes: a pure state machine.
///
/// It takes bytes split anywhere. An escape sequence that it does not know is swallowed whole, a byte
/// that is not UTF-8 becomes U+FFFD, and nothing else is lost.
package struct InputDecoder: Sendable {
  private let sequences: KeySequences
  private let detectsPasteBursts: Bool
  private var state = State.ground
  private var events: [InputEvent] = []
  private var isInBurst = false

  private enum State: Sendable {
    case ground
    /// The first bytes of a scalar; the key gets these modifiers.
    case text(UTF8Assembly, Key.Modifiers)
    /// An escape and what follows.
    case sequence([UInt8])
    /// A sequence cut short by the timeout: its tail is still swallowed, never typed.
    case lateSequence(length: Int)
    /// An operating system command or another string, to its terminator.
    case string(length: Int)
    /// An escape in a string: the first half of its terminator, or the end of a broken one.
    case stringEnd
    /// Coordinates of an old mouse report.
    case skipping(Int)
    case paste(PasteAssembly)
  }

  /// `terminfo` adds the terminal's own sequences, each of which begins with an escape.
  ///
  /// With `detectsPasteBursts`, text that arrives in one feed and goes on after an Enter is a paste: for
  /// terminals without bracketed paste, on which each pasted line would submit.
  package init(terminfo: [[UInt8]: Key] = [:], detectsPasteBursts: Bool = false) {
    sequences = KeySequences(terminfo: terminfo)
    self.detectsPasteBursts = detectsPasteBursts
  }

  /// The events that these bytes complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
    for byte in Array(bytes) { take(byte) }
    let completed = events
    events = []
    return detectsPasteBursts ? joiningBursts(completed) : completed
  }

  /// Whether bytes wait that may already be a whole key, such as a lone escape: unless more come within
  /// 25 ms, call ``timeout()``.
  package var isPending: Bool {
    switch state {
    case .sequence, .string, .stringEnd, .skipping: true
    case .ground, .text, .lateSequence, .paste: isInBurst
    }
  }

  /// Nothing more came: a lone escape was the Escape key.
  package mutating func timeout() -> [InputEvent] {
    isInBurst = false
    switch state {
    case .sequence(let bytes): endSequence(bytes)
    case .string, .stringEnd, .skipping: state = .ground
    case .ground, .text, .lateSequence, .paste: break
    }
    defer { events = [] }
    return events
  }

  private mutating func emit(_ key: Key, _ modifiers: Key.Modifiers = []) {
    events.append(.key(Key(key.code, key.modifiers.union(modifiers))))
  }
}

// MARK: - Text and controls

extension InputDecoder {
  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: begin(byte, [])
    case .text(let assembly, let modifiers): continueText(assembly, modifiers, byte)
    case .sequence(let bytes): continueSequence(bytes, byte)
    case .lateSequence(let length): continueLateSequence(length, byte)
    case .string(let length): continueString(length, byte)
    case .stringEnd: endString(byte)
    case .skipping(let count): state = count > 1 ? .skipping(count - 1) : .ground
    case .paste: continuePaste(byte)
    }
  }

  /// The first byte of anything; `modifiers` are those of an escape before it.
  private mutating func begin(_ byte: UInt8, _ modifiers: Key.Modifiers) {
    state = .ground
    switch byte {
    case 0x1B: state = .sequence([byte])
    case 0x20..<0x7F: emit(Key(.character(Character(Unicode.Scalar(byte)))), modifiers)
    case 0x00..<0x20, 0x7F: emit(KeySequences.control(byte), modifiers)
    default:
      if let assembly = UTF8Assembly(first: byte) {
        state = .text(assembly, modifiers)
      } else {
        emit(KeySequences.unreadable, modifiers)
      }
    }
  }

  private mutating func continueText(
    _ assembly: UTF8Assembly, _ modifiers: Key.Modifiers, _ byte: UInt8
  ) {
    var assembly = assembly
    switch assembly.append(byte) {
    case .incomplete: state = .text(assembly, modifiers)
    case .scalar(let scalar):
      state = .ground
      let isControl = (0x80..<0xA0).contains(scalar.value)
      emit(isControl ? KeySequences.unreadable : Key(.character(Character(scalar))), modifiers)
    case .invalid:
      emit(KeySequences.unreadable, modifiers)
      begin(byte, [])
    }
  }
}

// MARK: - Escape sequences

extension InputDecoder {
  private mutating func continueSequence(_ former: [UInt8], _ byte: UInt8) {
    let bytes = former + CollectionOfOne(byte)
    if let key = sequences[bytes] {
      state = .ground
      emit(key)
    } else if sequences.isPrefix(bytes) {
      state = .sequence(bytes)
    } else {
      follow(bytes, byte)
    }
  }

  /// What the grammar makes of a sequence that no table knows so far.
  private mutating func follow(_ bytes: [UInt8], _ byte: UInt8) {
    switch EscapeGrammar.step(bytes) {
    case .incomplete: state = bytes.count < 64 ? .sequence(bytes) : .lateSequence(length: 0)
    case .string:
      state = .string(length: 0)
      take(byte)
    case .mouse: state = .skipping(3)
    case .paste: state = .paste(PasteAssembly())
    case .focus(let isFocused):
      state = .ground
      events.append(.focus(isFocused))
    case .key(let key):
      state = .ground
      emit(key)
    case .unknown: state = .ground
    case .alt: begin(byte, .alt)
    case .escapeThenAgain:
      emit(Key(.escape))
      state = .sequence([0x1B, 0x1B])
    case .escapeThenAlt:
      emit(Key(.escape))
      begin(byte, .alt)
    case .aborted: begin(byte, [])
    }
  }

  private mutating func endSequence(_ bytes: [UInt8]) {
    state = .ground
    switch bytes.count {
    case 1: emit(Key(.escape))
    case 2 where bytes[1] == 0x1B:
      emit(Key(.escape))
      emit(Key(.escape))
    case 2: begin(bytes[1], .alt)
    default: state = .lateSequence(length: 0)
    }
  }

  private mutating func continueLateSequence(_ length: Int, _ byte: UInt8) {
    switch byte {
    case 0x20..<0x40 where length < 4096: state = .lateSequence(length: length + 1)
    case 0x40..<0x7F: state = .ground
    default: begin(byte, [])
    }
  }

  private mutating func continueString(_ length: Int, _ byte: UInt8) {
    switch byte {
    case 0x07: state = .ground
    case 0x1B: state = .stringEnd
    case 0x20... where byte != 0x7F && length < 65_536: state = .string(length: length + 1)
    default: begin(byte, [])
    }
  }

  private mutating func endString(_ byte: UInt8) {
    state = .ground
    if byte != UInt8(ascii: "\\") { continueSequence([0x1B], byte) }
  }
}

// MARK: - Pastes

extension InputDecoder {
  private mutating func continuePaste(_ byte: UInt8) {
    guard case .paste(var assembly) = state else { return }
    state = .ground  // Or the bytes would be copied at each step.
    if let text = assembly.append(byte) {
      events.append(.paste(text))
    } else {
      state = .paste(assembly)
    }
  }

  private mutating func joiningBursts(_ events: [InputEvent]) -> [InputEvent] {
    let characters = events.map(PasteAssembly.character)
    guard !events.isEmpty, characters.allSatisfy({ $0 != nil }) else {
      isInBurst = false
      return events
    }
    let text = String(characters.compactMap { $0 })
    if let newline = text.firstIndex(of: "\n"), text[newline...].contains(where: { $0 != "\n" }) {
      isInBurst = true
    }
    return isInBurst ? [.paste(text)] : events
  }
}
