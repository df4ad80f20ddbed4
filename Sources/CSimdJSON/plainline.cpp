#include <simdjson.h>

#include <cstring>

#include "walk.h"

extern "C" {
#include "csimdjson.h"
}

using loggist::Keys;
using loggist::Walk;

bool loggist_plain_line_read(
    const uint8_t *line, size_t length, const uint8_t *node, size_t node_length,
    loggist_plain_line *result) {
  if constexpr (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return false;
  Walk walk(line, length);
  loggist::Head head;
  if (!head.read(walk, node, node_length)) return false;
  result->sequence = head.sequence;
  result->logged = head.logged.start;
  result->logged_length = head.logged.count;
  result->prev = head.prev.start;
  result->digest = head.digest.start;
  result->head_length = uint32_t(walk.place);
  if (!walk.take(",\"entry\":")) return false;
  result->entry = uint32_t(walk.place);
  if (!walk.take("{\"kind\":\"") || !walk.string(result->kind, result->kind_length)) return false;
  Keys keys;
  loggist::Span key;
  bool has_at = false;
  while (walk.take(",\"")) {
    if (!keys.read(walk, key)) return false;
    if (Keys::is(walk, key, "at")) {
      has_at = true;
      if (!walk.take("\"") || !walk.string(result->at, result->at_length)) return false;
    } else if (!walk.value()) {
      return false;
    }
  }
  if (!has_at || !walk.take("}")) return false;
  result->entry_length = uint32_t(walk.place) - result->entry;
  if (!walk.take("}") || walk.place != length) return false;
  return walk.isASCII ||
         simdjson::validate_utf8(reinterpret_cast<const char *>(line), length);
}

bool loggist_plain_head_read(
    const uint8_t *line, size_t length, const uint8_t *node, size_t node_length) {
  if constexpr (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return false;
  Walk walk(line, length);
  loggist::Head head;
  return head.read(walk, node, node_length) && walk.take(",\"entry\":");
}
