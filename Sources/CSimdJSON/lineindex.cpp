#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "walk.h"

extern "C" {
#include "csimdjson.h"
}

namespace {

using loggist::Keys;
using loggist::Walk;

bool equal(const uint8_t *bytes, size_t count, const char *word) {
  return std::strlen(word) == count && std::memcmp(bytes, word, count) == 0;
}

/// Strings by number, in the order in which they were met: a few hundred at most, each found by a hash of its bytes. Reads up
/// to eight bytes past their ends.
class Names {
 public:
  std::vector<std::string> all;

  /// The number of a string, or of one that is taken in; -1 where there are too many.
  int number(const uint8_t *bytes, size_t count) {
    int known = find(bytes, count);
    if (known >= 0 || all.size() == limit) return known;
    all.emplace_back(reinterpret_cast<const char *>(bytes), count);
    return int(all.size()) - 1;
  }

  /// The number of a string; -1 where it has none.
  int find(const uint8_t *bytes, size_t count) {
    uint64_t hash = count;
    for (size_t index = 0; index < count; index += 8) {
      uint64_t word;
      std::memcpy(&word, bytes + index, 8);
      if (count - index < 8) word &= (1ull << 8 * (count - index)) - 1;
      hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 29;
    }
    uint16_t &slot = slots[hash >> 54];
    if (slot > 0 && matches(slot - 1, bytes, count)) return slot - 1;
    for (size_t index = 0; index < all.size(); ++index) {
      if (matches(index, bytes, count)) {
        slot = uint16_t(index + 1);
        return int(index);
      }
    }
    return -1;
  }

 private:
  // Beyond it a search through all of them would cost more than reading the line another way.
  static constexpr size_t limit = 1000;
  static constexpr size_t size = 1024;
  uint16_t slots[size] = {};

  bool matches(size_t index, const uint8_t *bytes, size_t count) const {
    return all[index].size() == count && std::memcmp(all[index].data(), bytes, count) == 0;
  }
};

/// Days from 1970-01-01 to a day of the civil calendar (Howard Hinnant, days_from_civil).
int64_t dayNumber(int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  int64_t era = year / 400;
  unsigned inEra = unsigned(year - era * 400);
  unsigned inYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + int64_t(inEra * 365 + inEra / 4 - inEra / 100 + inYear) - 719468;
}

unsigned daysIn(unsigned month, unsigned year) {
  constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && isLeap ? 1 : 0);
}

bool digits(const uint8_t *bytes, size_t count, unsigned &value) {
  value = 0;
  for (size_t index = 0; index < count; ++index) {
    unsigned digit = bytes[index] - unsigned('0');
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  return true;
}

/// The day that was read last: one line after the other has the same.
struct Day {
  uint8_t text[10] = {};
  int64_t number = 0;

  /// Reads `2022-01-05`.
  bool read(const uint8_t *bytes) {
    if (std::memcmp(bytes, text, sizeof text) == 0) return true;
    unsigned year, month, day;
    if (bytes[4] != '-' || bytes[7] != '-' || !digits(bytes, 4, year) ||
        !digits(bytes + 5, 2, month) || !digits(bytes + 8, 2, day) || year == 0 || month == 0 ||
        month > 12 || day == 0 || day > daysIn(month, year)) {
      return false;
    }
    std::memcpy(text, bytes, sizeof text);
    number = dayNumber(year, month, day);
    return true;
  }
};

/// `2022-01-05T20:50:00+01:00`, `…00.345Z`: what `Timestamp(plain:)` reads.
bool timestamp(
    Day &day, const uint8_t *bytes, size_t count, int64_t &milliseconds, int16_t &offset) {
  unsigned hour, minute, second, fraction = 0;
  if (count < 20 || !day.read(bytes) || bytes[10] != 'T' || bytes[13] != ':' ||
      bytes[16] != ':' || !digits(bytes + 11, 2, hour) || !digits(bytes + 14, 2, minute) ||
      !digits(bytes + 17, 2, second) || hour > 23 || minute > 59 || second > 59) {
    return false;
  }
  size_t place = 19;
  if (bytes[19] == '.') {
    if (count < 24 || !digits(bytes + 20, 3, fraction)) return false;
    place = 23;
  }
  int minutes = 0;
  if (count == place + 6 && bytes[place + 3] == ':' &&
      (bytes[place] == '+' || bytes[place] == '-')) {
    unsigned hours, rest;
    if (!digits(bytes + place + 1, 2, hours) || !digits(bytes + place + 4, 2, rest) ||
        hours > 23 || rest > 59) {
      return false;
    }
    minutes = int(hours * 60 + rest) * (bytes[place] == '-' ? -1 : 1);
  } else if (count != place + 1 || bytes[place] != 'Z') {
    return false;
  }
  int64_t seconds = day.number * 86400 + hour * 3600 + minute * 60 + second;
  milliseconds = (seconds - int64_t(minutes) * 60) * 1000 + fraction;
  offset = int16_t(minutes);
  return true;
}

}  // namespace

struct loggist_line_index {
  Names kinds, users, nodes;
  std::vector<bool> keepsText;
  const uint8_t *node;
  size_t nodeLength;
  Day logged, at;

  /// `CODE-NUMBER`, in the one spelling that is allowed.
  bool incident(const uint8_t *bytes, size_t count, loggist_indexed_line &line) {
    size_t split = 0;
    while (split < count && bytes[split] != '-') {
      bool isDigit = bytes[split] >= '0' && bytes[split] <= '9';
      bool isLetter = bytes[split] >= 'A' && bytes[split] <= 'Z';
      if (split == 8 || !(isLetter || (isDigit && split > 0))) return false;
      ++split;
    }
    size_t length = count - split - 1;
    unsigned number;
    if (split == 0 || split == count || length == 0 || length > 9 || bytes[split + 1] == '0' ||
        !digits(bytes + split + 1, length, number)) {
      return false;
    }
    int code = nodes.number(bytes, split);
    if (code < 0) return false;
    line.incident_node = uint16_t(code);
    line.incident = number;
    return true;
  }

  /// Whether a member is one of those that are strings in every plain line.
  static bool isCommon(const Walk &walk, loggist::Span key) {
    return Keys::is(walk, key, "at") || Keys::is(walk, key, "incident") ||
           Keys::is(walk, key, "salt") || Keys::is(walk, key, "text");
  }

  /// Notes what a member says with one word, by its name and its value with the quotes.
  void mark(const uint8_t *name, size_t length, const uint8_t *value, size_t count,
            loggist_indexed_line &line) {
    auto isNamed = [&](const char *word) { return std::memcmp(name, word, length) == 0; };
    auto note = [&](const char *word, unsigned mark) {
      if (equal(value, count, word)) line.marks |= uint16_t(mark);
    };
    switch (length) {
      case 3:
        if (isNamed("ref")) refer(value, count, line);
        break;
      case 5:
        if (isNamed("until")) line.marks |= LOGGIST_LINE_SAYS_MORE;
        break;
      case 6:
        if (isNamed("change")) {
          note("\"started\"", LOGGIST_LINE_STARTED);
          note("\"changed\"", LOGGIST_LINE_CHANGED);
          note("\"ended\"", LOGGIST_LINE_ENDED);
        } else if (isNamed("degree")) {
          note("\"full\"", LOGGIST_LINE_FULL);
          note("\"degraded\"", LOGGIST_LINE_DEGRADED);
          note("\"risk\"", LOGGIST_LINE_RISK);
        }
        break;
      case 7:
        if (isNamed("verdict")) {
          note("\"confirmed\"", LOGGIST_LINE_CONFIRMED);
        } else if (isNamed("outcome")) {
          note("\"held\"", LOGGIST_LINE_HELD);
          note("\"reverted\"", LOGGIST_LINE_REVERTED);
        }
        break;
      case 8:
        if (isNamed("callback")) {
          note("true", LOGGIST_LINE_CALLBACK);
        } else if (isNamed("redacted")) {
          line.marks |= LOGGIST_LINE_SAYS_MORE;
        }
        break;
      case 9:
        if (isNamed("precision")) note("\"approximate\"", LOGGIST_LINE_APPROXIMATE);
        break;
    }
  }

  /// `"CODE.NUMBER"` of this log, in the one spelling that is allowed; of any other somebody else has to make sense.
  void refer(const uint8_t *value, size_t count, loggist_indexed_line &line) {
    size_t start = nodeLength + 2;
    unsigned number;
    if (count > start + 1 && count - start - 1 <= 9 && value[0] == '"' &&
        std::memcmp(value + 1, node, nodeLength) == 0 && value[start - 1] == '.' &&
        value[start] != '0' && digits(value + start, count - start - 1, number)) {
      line.target = number;
    } else {
      line.marks |= LOGGIST_LINE_SAYS_MORE;
    }
  }

  /// One line with its line break; what of the entry is kept goes to `members`, which moves on.
  [[gnu::always_inline]] bool read(Walk &walk, loggist_indexed_line &line, uint8_t *&members) {
    uint32_t start, count, kind, kindLength;
    const uint8_t *bytes = walk.line;
    int16_t offset;
    loggist::Head head;
    if (!head.read(walk, node, nodeLength) ||
        !timestamp(logged, bytes + head.logged.start, head.logged.count, line.logged, offset)) {
      return false;
    }
    line.sequence = head.sequence;
    constexpr const char *ways[] = {"tui", "cli", "import", "hook"};
    for (line.via = 0; line.via < 4; ++line.via) {
      if (equal(bytes + head.via.start, head.via.count, ways[line.via])) break;
    }
    if (line.via == 4 || !walk.take(",\"entry\":{\"kind\":\"") || !walk.string(kind, kindLength)) {
      return false;
    }
    int kindNumber = kinds.find(bytes + kind, kindLength);
    if (kindNumber < 0) return false;
    line.kind = uint8_t(kindNumber);
    line.incident_node = LOGGIST_NO_INCIDENT;
    line.incident = line.target = 0;
    line.marks = 0;
    Keys keys;
    loggist::Span key;
    uint8_t *end = members;
    unsigned seen = 0;
    auto isNew = [&](unsigned member) {
      bool isNew = (seen & member) == 0;
      seen |= member;
      return isNew;
    };
    while (walk.take(",\"")) {
      uint32_t member = uint32_t(walk.place) - 1;
      // Nearly every line has these, and most have no other.
      if (walk.take("at\":\"")) {
        if (!isNew(1) || !walk.string(start, count) ||
            !timestamp(at, bytes + start, count, line.at, line.offset_minutes)) {
          return false;
        }
        continue;
      }
      if (walk.take("incident\":\"")) {
        if (!isNew(2) || !walk.string(start, count) || !incident(bytes + start, count, line)) {
          return false;
        }
        continue;
      }
      if (walk.take("salt\":\"")) {
        if (!isNew(4) || !walk.pass()) return false;
        continue;
      }
      if (walk.take("text\":\"")) {
        if (!isNew(8)) return false;
        if (!keepsText[line.kind]) {
          if (!walk.pass()) return false;
          continue;
        }
        if (!walk.string(start, count)) return false;
      } else {
        if (!keys.read(walk, key) || isCommon(walk, key)) return false;
        uint32_t value = uint32_t(walk.place);
        if (!walk.value()) return false;
        mark(bytes + key.start, key.count, bytes + value, walk.place - value, line);
      }
      if (end != members) *end++ = ',';
      size_t length = walk.place - member;
      std::memcpy(end, bytes + member, length);
      end += length;
    }
    if ((seen & 1) == 0 || !walk.take("}}\n") || end - members > UINT16_MAX ||
        !(walk.isASCII ||
          simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), walk.place))) {
      return false;
    }
    int number = users.number(bytes + head.by.start, head.by.count);
    if (number < 0) return false;
    line.by = uint16_t(number);
    line.members_length = uint16_t(end - members);
    members = end;
    return true;
  }
};

loggist_line_index *loggist_line_index_new(void) { return new (std::nothrow) loggist_line_index; }

void loggist_line_index_free(loggist_line_index *index) { delete index; }

void loggist_line_index_add_kind(
    loggist_line_index *index, const uint8_t *name, size_t length, bool keeps_text) {
  index->kinds.number(name, length);
  index->keepsText.push_back(keeps_text);
}

loggist_index_result loggist_line_index_read(
    loggist_line_index *index, const uint8_t *bytes, size_t length, const uint8_t *node,
    size_t node_length, loggist_indexed_line *lines, size_t capacity, uint8_t *members,
    size_t before) {
  loggist_index_result result{0, 0, 0};
  if constexpr (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return result;
  if (before + length > UINT32_MAX) return result;
  index->node = node;
  index->nodeLength = node_length;
  uint8_t *end = members;
  while (result.lines < capacity && result.bytes < length) {
    const uint8_t *start = bytes + result.bytes;
    // A line ends where the walk does: nothing in it but its end is a line break.
    Walk walk(start, std::min(length - result.bytes, size_t(UINT32_MAX / 2)));
    loggist_indexed_line &line = lines[result.lines];
    line.members = uint32_t(before + size_t(end - members));
    if (!index->read(walk, line, end)) break;
    result.bytes += walk.place;
    ++result.lines;
  }
  result.members = size_t(end - members);
  return result;
}

size_t loggist_line_index_users(const loggist_line_index *index) { return index->users.all.size(); }

size_t loggist_line_index_nodes(const loggist_line_index *index) { return index->nodes.all.size(); }

const uint8_t *loggist_line_index_user(
    const loggist_line_index *index, size_t number, size_t *length) {
  *length = index->users.all[number].size();
  return reinterpret_cast<const uint8_t *>(index->users.all[number].data());
}

const uint8_t *loggist_line_index_node(
    const loggist_line_index *index, size_t number, size_t *length) {
  *length = index->nodes.all[number].size();
  return reinterpret_cast<const uint8_t *>(index->nodes.all[number].data());
}

const uint8_t *loggist_member_find(
    const uint8_t *members, size_t length, const uint8_t *name, size_t name_length,
    size_t *value_length) {
  Walk walk(members, length);
  uint32_t start, size;
  while (walk.take("\"") && walk.string(start, size) && walk.take(":")) {
    size_t value = walk.place;
    if (!walk.value()) return nullptr;
    if (size == name_length && std::memcmp(members + start, name, size) == 0) {
      *value_length = walk.place - value;
      return members + value;
    }
    if (!walk.take(",")) return nullptr;
  }
  return nullptr;
}

size_t loggist_members_read(
    const uint8_t *bytes, size_t length, loggist_json_token *tokens, size_t capacity) {
  Walk walk(bytes, length);
  size_t count = 0;
  auto add = [&](loggist_json_kind kind, uint32_t start, uint32_t size, uint32_t offset) {
    tokens[count] = {bytes + start, size, offset, uint32_t(count + 1), kind};
    ++count;
  };
  if (capacity < 2) return 0;
  add(LOGGIST_JSON_OBJECT, 0, uint32_t(length), 0);
  uint32_t start, size;
  uint64_t number;
  while (walk.place < length) {
    if (count + 4 > capacity) return 0;
    uint32_t offset = uint32_t(walk.place);
    if (!walk.take("\"") || !walk.string(start, size) || !walk.take(":")) return 0;
    add(LOGGIST_JSON_KEY, start, size, offset);
    offset = uint32_t(walk.place);
    if (walk.take("\"")) {
      if (!walk.string(start, size)) return 0;
      add(LOGGIST_JSON_STRING, start, size, offset);
    } else if (walk.take("true")) {
      add(LOGGIST_JSON_TRUE, offset, 4, offset);
    } else if (walk.take("false")) {
      add(LOGGIST_JSON_FALSE, offset, 5, offset);
    } else if (walk.take("null")) {
      add(LOGGIST_JSON_NULL, offset, 4, offset);
    } else if (walk.take("[")) {
      size_t list = count;
      add(LOGGIST_JSON_ARRAY, offset, 1, offset);
      while (!walk.take("]")) {
        if (count + 3 > capacity) return 0;
        walk.take(",");
        uint32_t element = uint32_t(walk.place);
        if (!walk.take("\"") || !walk.string(start, size)) return 0;
        add(LOGGIST_JSON_STRING, start, size, element);
      }
      add(LOGGIST_JSON_ARRAY_END, offset, 1, uint32_t(walk.place) - 1);
      tokens[list].length = uint32_t(walk.place) - offset;
      tokens[list].next = uint32_t(count);
    } else {
      if (!walk.number(number)) return 0;
      add(LOGGIST_JSON_NUMBER, offset, uint32_t(walk.place) - offset, offset);
    }
    walk.take(",");
  }
  add(LOGGIST_JSON_OBJECT_END, 0, 0, uint32_t(length));
  tokens[0].next = uint32_t(count);
  return count;
}
