/// A walk over a line in the form in which this program writes lines. For C++ files of this folder alone.

#ifndef LOGGIST_WALK_H
#define LOGGIST_WALK_H

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace loggist {

constexpr uint64_t ones = 0x0101010101010101u;
constexpr uint64_t tops = 0x8080808080808080u;

/// Which of 64 bytes end a string or have to be looked at closer (quotes, backslashes, control characters), and whether any
/// is not ASCII: a bit a byte, the first byte's the lowest.
struct Stops {
  uint64_t bits = 0;
  bool isASCII = true;

  static Stops of(const uint8_t *bytes) {
    Stops stops;
#ifdef __SSE2__
    for (int at = 0; at < 64; at += 16) {
      __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + at));
      __m128i quote = _mm_cmpeq_epi8(part, _mm_set1_epi8('"'));
      __m128i slash = _mm_cmpeq_epi8(part, _mm_set1_epi8('\\'));
      __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(part, _mm_set1_epi8(0x1F)), part);
      __m128i stop = _mm_or_si128(_mm_or_si128(quote, slash), control);
      stops.bits |= uint64_t(unsigned(_mm_movemask_epi8(stop))) << at;
      if (_mm_movemask_epi8(part) != 0) stops.isASCII = false;
    }
#else
    for (int at = 0; at < 64; at += 8) {
      uint64_t word;
      std::memcpy(&word, bytes + at, 8);
      uint64_t stop = zeros(word ^ ones * '"') | zeros(word ^ ones * '\\') | zeros(word & ones * 0xE0);
      // The top bits of eight bytes, side by side in the highest byte.
      stops.bits |= ((stop >> 7) * 0x0102040810204080u >> 56) << at;
      if ((word & tops) != 0) stops.isASCII = false;
    }
#endif
    return stops;
  }

 private:
  /// The top bit of each byte that is zero.
  static uint64_t zeros(uint64_t word) { return ~(((word & ~tops) + ~tops) | word) & tops; }
};

/// A walk over a line from its first byte on. Reads 64 bytes at once, so that it may look past the end.
///
/// Its steps are inlined by force, so that where it stands stays in registers: a quarter of the time otherwise.
struct Walk {
  const uint8_t *line;
  size_t length;
  size_t place = 0;
  bool isASCII = true;  // so far, as to what stands in strings

  Walk(const uint8_t *line, size_t length) : line(line), length(length) {}

  template <size_t size>
  [[gnu::always_inline]] bool take(const char (&word)[size]) {
    constexpr size_t count = size - 1;
    if (length - place < count || std::memcmp(line + place, word, count) != 0) return false;
    place += count;
    return true;
  }

  /// Goes behind a string of which nobody wants the text: it may have escapes, but not of code units.
  [[gnu::always_inline]] bool pass() {
    uint32_t start, count;
    while (!string(start, count)) {
      if (place + 1 >= length || line[place] != '\\' ||
          std::memchr("\"\\/bfnrt", line[place + 1], 8) == nullptr) {
        return false;
      }
      place += 2;
    }
    return true;
  }

  /// What stands in a string up to its end; false at an escape, a control character or the line's end, and then that is
  /// where the walk stands.
  [[gnu::always_inline]] bool string(uint32_t &start, uint32_t &count) {
    start = uint32_t(place);
    while (place < length) {
      if (place - block >= 64) look();
      uint64_t ahead = stops >> (place - block);
      if (ahead == 0) {
        place = block + 64;
        continue;
      }
      place += size_t(__builtin_ctzll(ahead));
      if (place >= length || line[place] != '"') return false;
      count = uint32_t(place) - start;
      ++place;
      return true;
    }
    return false;
  }

  /// Digits without a zero in front.
  [[gnu::always_inline]] bool number(uint64_t &value) {
    size_t start = place;
    value = 0;
    while (place < length && line[place] >= '0' && line[place] <= '9') {
      value = value * 10 + (line[place] - '0');
      ++place;
    }
    size_t count = place - start;
    return count >= 1 && count <= 15 && (line[start] != '0' || count == 1);
  }

  [[gnu::always_inline]] bool list() {
    uint32_t start, count;
    if (take("[]")) return true;
    if (!take("[")) return false;
    do {
      if (!take("\"") || !string(start, count)) return false;
    } while (take(","));
    return take("]");
  }

  [[gnu::always_inline]] bool value() {
    uint32_t start, count;
    uint64_t number;
    if (place >= length) return false;
    switch (line[place]) {
      case '"': ++place; return string(start, count);
      case '[': return list();
      case 't': return take("true");
      case 'f': return take("false");
      case 'n': return take("null");
      default: return this->number(number);
    }
  }

 private:
  size_t block = SIZE_MAX - 64;  // where the bytes begin that were looked at last
  uint64_t stops = 0;            // among those

  [[gnu::always_inline]] void look() {
    block = place & ~size_t(63);
    Stops found = Stops::of(line + block);
    stops = found.bits;
    if (!found.isASCII) isASCII = false;
  }
};

/// Where a text stands in its line.
struct Span {
  uint32_t start, count;
};

/// The head of a line of version 1 without a gap, up to but without `,"entry":`.
struct Head {
  uint64_t sequence;
  Span logged, by, via, prev, digest;

  [[gnu::always_inline]] bool read(Walk &walk, const uint8_t *node, size_t length) {
    if (!walk.take("{\"v\":1,\"node\":\"") || walk.length - walk.place < length) return false;
    // A few letters: a call for them would cost more than they do.
    for (size_t letter = 0; letter < length; ++letter, ++walk.place) {
      if (walk.line[walk.place] != node[letter]) return false;
    }
    return walk.take("\",\"seq\":") && walk.number(sequence) && sequence > 0 &&
           walk.take(",\"logged\":\"") && walk.string(logged.start, logged.count) &&
           walk.take(",\"by\":\"") && walk.string(by.start, by.count) &&
           walk.take(",\"via\":\"") && walk.string(via.start, via.count) &&
           walk.take(",\"prev\":\"") && walk.string(prev.start, prev.count) && prev.count == 43 &&
           walk.take(",\"digest\":\"") && walk.string(digest.start, digest.count) &&
           digest.count == 43;
  }
};

/// The keys of an entry behind its kind, each of which may stand once.
class Keys {
 public:
  /// Goes behind `,"key":`; false where there is none, where it stood before, or where there are too many.
  [[gnu::always_inline]] bool read(Walk &walk, Span &key) {
    if (known == limit || !walk.string(key.start, key.count) || !walk.take(":") ||
        is(walk, key, "kind")) {
      return false;
    }
    // Most keys differ from all before them in this bit, and need not be compared.
    uint64_t bit = 1ull << ((walk.line[key.start] * 7u + key.count * 5u) % 64);
    if (seen & bit) {
      for (size_t index = 0; index < known; ++index) {
        if (keys[index].count == key.count &&
            std::memcmp(walk.line + keys[index].start, walk.line + key.start, key.count) == 0) {
          return false;
        }
      }
    }
    seen |= bit;
    keys[known++] = key;
    return true;
  }

  template <size_t size>
  static bool is(const Walk &walk, Span key, const char (&word)[size]) {
    return key.count == size - 1 && std::memcmp(walk.line + key.start, word, size - 1) == 0;
  }

 private:
  static constexpr size_t limit = 24;
  Span keys[limit];
  size_t known = 0;
  uint64_t seen = 0;
};

}  // namespace loggist

#endif
