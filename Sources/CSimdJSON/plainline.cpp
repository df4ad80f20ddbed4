#include <simdjson.h>

#include <cstring>

#include "walk.h"

extern "C" {
#include "csimdjson.h"
}

using loggist::Walk;

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
  return walk.isASCII() ||
         simdjson::validate_utf8(reinterpret_cast<const char *>(line), length);
}
