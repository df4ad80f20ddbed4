#include <simdjson.h>

#include <cstring>

extern "C" {
#include "csimdjson.h"
}

namespace {

constexpr uint64_t ones = 0x0101010101010101u;
constexpr uint64_t tops = 0x8080808080808080u;

/// A walk over a line from its first byte on. Reads up to eight bytes at once, so that it may look past the end.
struct Walk {
  const uint8_t *line;
  size_t length;
  size_t place = 0;
  uint64_t seen = 0;  // all bytes of the strings, or-ed: whether any is not ASCII

  template <size_t size>
  bool take(const char (&word)[size]) {
    constexpr size_t count = size - 1;
    if (length - place < count || std::memcmp(line + place, word, count) != 0) return false;
    place += count;
    return true;
  }

  /// What stands in a string up to its end; false at an escape, a control character or the line's end.
  bool string(uint32_t &start, uint32_t &count) {
    start = uint32_t(place);
    while (place < length) {
      uint64_t word;
      std::memcpy(&word, line + place, 8);
      uint64_t quote = word ^ ones * '"';
      uint64_t slash = word ^ ones * '\\';
      // The first hit is exact; behind it a carry may make more of them.
      uint64_t stops = (((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
                        ((word - ones * 0x20) & ~word)) & tops;
      if (stops == 0) {
        seen |= word;
        place += 8;
        continue;
      }
      size_t ahead = size_t(__builtin_ctzll(stops)) / 8;
      if (ahead > 0) seen |= word << (64 - 8 * ahead);
      place += ahead;
      if (place >= length || line[place] != '"') return false;
      count = uint32_t(place) - start;
      ++place;
      return true;
    }
    return false;
  }

  /// Digits without a zero in front.
  bool number(uint64_t &value) {
    size_t start = place;
    value = 0;
    while (place < length && line[place] >= '0' && line[place] <= '9') {
      value = value * 10 + (line[place] - '0');
      ++place;
    }
    size_t count = place - start;
    return count >= 1 && count <= 15 && (line[start] != '0' || count == 1);
  }

  bool list() {
    uint32_t start, count;
    if (take("[]")) return true;
    if (!take("[")) return false;
    do {
      if (!take("\"") || !string(start, count)) return false;
    } while (take(","));
    return take("]");
  }

  bool value() {
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
};

}  // namespace

bool loggist_plain_line_read(
    const uint8_t *line, size_t length, const uint8_t *node, size_t node_length,
    loggist_plain_line *result) {
  if constexpr (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return false;
  Walk walk{line, length};
  uint32_t start, count;
  if (!walk.take("{\"v\":1,\"node\":\"") || length - walk.place < node_length ||
      std::memcmp(line + walk.place, node, node_length) != 0) {
    return false;
  }
  walk.place += node_length;
  if (!walk.take("\",\"seq\":") || !walk.number(result->sequence) || result->sequence == 0 ||
      !walk.take(",\"logged\":\"") || !walk.string(result->logged, result->logged_length) ||
      !walk.take(",\"by\":\"") || !walk.string(start, count) ||
      !walk.take(",\"via\":\"") || !walk.string(start, count) ||
      !walk.take(",\"prev\":\"") || !walk.string(result->prev, count) || count != 43 ||
      !walk.take(",\"digest\":\"") || !walk.string(result->digest, count) || count != 43) {
    return false;
  }
  result->head_length = uint32_t(walk.place);
  if (!walk.take(",\"entry\":")) return false;
  result->entry = uint32_t(walk.place);
  if (!walk.take("{\"kind\":\"") || !walk.string(result->kind, result->kind_length)) return false;
  constexpr size_t limit = 24;
  struct { uint32_t start, count; } keys[limit];
  size_t known = 0;
  bool has_at = false;
  while (walk.take(",\"")) {
    if (known == limit || !walk.string(start, count) || !walk.take(":")) return false;
    const uint8_t *name = line + start;
    if (count == 4 && std::memcmp(name, "kind", 4) == 0) return false;
    for (size_t index = 0; index < known; ++index) {
      if (keys[index].count == count && std::memcmp(line + keys[index].start, name, count) == 0) return false;
    }
    keys[known++] = {start, count};
    if (count == 2 && name[0] == 'a' && name[1] == 't') {
      has_at = true;
      if (!walk.take("\"") || !walk.string(result->at, result->at_length)) return false;
    } else if (!walk.value()) {
      return false;
    }
  }
  if (!has_at || !walk.take("}")) return false;
  result->entry_length = uint32_t(walk.place) - result->entry;
  if (!walk.take("}") || walk.place != length) return false;
  return (walk.seen & tops) == 0 ||
         simdjson::validate_utf8(reinterpret_cast<const char *>(line), length);
}
