#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

extern "C" {
#include "csimdjson.h"
}

namespace {

using simdjson::internal::dom_parser_implementation;
using Token = loggist_json_token;

bool is_space(uint8_t byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// RFC 8259, section 6: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
bool is_number(const uint8_t *place, const uint8_t *end) {
  auto digits = [&] {
    const uint8_t *start = place;
    while (place < end && is_digit(*place)) ++place;
    return place > start;
  };
  if (place < end && *place == '-') ++place;
  if (place < end && *place == '0') {
    ++place;
  } else if (!digits()) {
    return false;
  }
  if (place < end && *place == '.') {
    ++place;
    if (!digits()) return false;
  }
  if (place < end && (*place == 'e' || *place == 'E')) {
    ++place;
    if (place < end && (*place == '+' || *place == '-')) ++place;
    if (!digits()) return false;
  }
  return place == end;
}

}  // namespace

struct loggist_json_parser {
  std::unique_ptr<dom_parser_implementation> stage;
  size_t capacity = 0;
  std::vector<Token> tokens;
  std::vector<std::pair<std::string_view, uint32_t>> keys;
  std::unique_ptr<uint8_t[]> strings;
  uint8_t *next_string = nullptr;

  const uint8_t *source = nullptr;
  size_t length = 0;
  size_t place = 0;  // in the list of structural characters
  uint32_t error_offset = 0;
  int32_t doubled_key = -1;

  loggist_json_error parse(const uint8_t *bytes, size_t count);

 private:
  loggist_json_error grow(size_t count);
  loggist_json_error walk();
  loggist_json_error scalar(uint32_t at);
  loggist_json_error string(uint32_t at, loggist_json_kind kind);
  void find_doubled_key(size_t object);

  bool is_done() const { return place >= stage->n_structural_indexes; }
  uint32_t peek() const { return stage->structural_indexes[place]; }
  /// One past the last byte of the token whose structural character was just taken.
  size_t token_end() const {
    size_t end = is_done() ? length : peek();
    while (end > 0 && is_space(source[end - 1])) --end;
    return end;
  }
  loggist_json_error fail(loggist_json_error error, size_t at) {
    error_offset = uint32_t(at);
    return error;
  }
  void push(const uint8_t *text, size_t size, uint32_t at, loggist_json_kind kind) {
    tokens.push_back({text, uint32_t(size), at, uint32_t(tokens.size() + 1), kind});
  }
};

loggist_json_error loggist_json_parser::grow(size_t count) {
  if (count <= capacity) return LOGGIST_JSON_OK;
  size_t wanted = std::max<size_t>(count, std::max<size_t>(4096, capacity * 2));
  auto error = stage
      ? stage->set_capacity(wanted)
      : simdjson::get_active_implementation()->create_dom_parser_implementation(
            wanted, LOGGIST_JSON_MAX_DEPTH, stage);
  if (error) return LOGGIST_JSON_NO_MEMORY;
  // Unescaping writes whole vectors: room for one behind the last string.
  strings.reset(new (std::nothrow) uint8_t[wanted + LOGGIST_JSON_PADDING]);
  if (!strings) {
    capacity = 0;
    return LOGGIST_JSON_NO_MEMORY;
  }
  capacity = wanted;
  return LOGGIST_JSON_OK;
}

loggist_json_error loggist_json_parser::parse(const uint8_t *bytes, size_t count) {
  tokens.clear();
  source = bytes;
  length = count;
  place = 0;
  error_offset = 0;
  doubled_key = -1;
  if (count == 0) return LOGGIST_JSON_EMPTY;
  if (auto error = grow(count)) return error;
  next_string = strings.get();
  switch (stage->stage1(bytes, count, simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS: break;
    case simdjson::UTF8_ERROR: return LOGGIST_JSON_NOT_UTF8;
    case simdjson::UNCLOSED_STRING: return fail(LOGGIST_JSON_UNCLOSED_STRING, count);
    case simdjson::UNESCAPED_CHARS: return LOGGIST_JSON_CONTROL_CHARACTER;
    case simdjson::EMPTY: return LOGGIST_JSON_EMPTY;
    case simdjson::MEMALLOC: return LOGGIST_JSON_NO_MEMORY;
    default: return LOGGIST_JSON_SYNTAX;
  }
  return walk();
}

loggist_json_error loggist_json_parser::string(uint32_t at, loggist_json_kind kind) {
  size_t end = token_end();
  if (end < size_t(at) + 2 || source[end - 1] != '"') return fail(LOGGIST_JSON_SYNTAX, at);
  const uint8_t *text = source + at + 1;
  size_t size = end - at - 2;
  if (std::memchr(text, '\\', size) != nullptr) {
    uint8_t *start = next_string;
    uint8_t *stop = stage->parse_string(text, start);
    if (stop == nullptr) return fail(LOGGIST_JSON_BAD_ESCAPE, at);
    next_string = stop;
    text = start;
    size = size_t(stop - start);
  }
  push(text, size, at, kind);
  return LOGGIST_JSON_OK;
}

loggist_json_error loggist_json_parser::scalar(uint32_t at) {
  if (source[at] == '"') return string(at, LOGGIST_JSON_STRING);
  const uint8_t *text = source + at;
  size_t size = token_end() - at;
  auto is = [&](const char *word) {
    return size == std::strlen(word) && std::memcmp(text, word, size) == 0;
  };
  loggist_json_kind kind;
  if (is("true")) {
    kind = LOGGIST_JSON_TRUE;
  } else if (is("false")) {
    kind = LOGGIST_JSON_FALSE;
  } else if (is("null")) {
    kind = LOGGIST_JSON_NULL;
  } else if (is_number(text, text + size)) {
    kind = LOGGIST_JSON_NUMBER;
  } else {
    bool looks_like_one = size > 0 && (*text == '-' || is_digit(*text));
    return fail(looks_like_one ? LOGGIST_JSON_BAD_NUMBER : LOGGIST_JSON_SYNTAX, at);
  }
  push(text, size, at, kind);
  return LOGGIST_JSON_OK;
}

void loggist_json_parser::find_doubled_key(size_t object) {
  keys.clear();
  for (size_t index = object + 1; tokens[index].kind == LOGGIST_JSON_KEY;) {
    const Token &key = tokens[index];
    std::string_view name(reinterpret_cast<const char *>(key.text), key.length);
    keys.push_back({name, uint32_t(index)});
    index = tokens[index + 1].next;
  }
  // A line has some ten keys: comparing each with each is then the quickest.
  if (keys.size() <= 24) {
    for (size_t later = 1; later < keys.size(); ++later) {
      for (size_t index = 0; index < later; ++index) {
        if (keys[index].first == keys[later].first) {
          doubled_key = int32_t(keys[later].second);
          return;
        }
      }
    }
    return;
  }
  std::sort(keys.begin(), keys.end());
  for (size_t index = 1; index < keys.size(); ++index) {
    if (keys[index].first == keys[index - 1].first) {
      doubled_key = int32_t(keys[index].second);
      return;
    }
  }
}

loggist_json_error loggist_json_parser::walk() {
  size_t open[LOGGIST_JSON_MAX_DEPTH];  // the tokens of the containers that are not closed yet
  size_t depth = 0;
  enum { value, first_key, key, first_element, after_value } expects = value;

  while (!is_done()) {
    uint32_t at = peek();
    uint8_t character = source[at];
    ++place;
    bool in_object = depth > 0 && tokens[open[depth - 1]].kind == LOGGIST_JSON_OBJECT;
    bool closes = (character == '}' && in_object && (expects == first_key || expects == after_value))
        || (character == ']' && depth > 0 && !in_object
            && (expects == first_element || expects == after_value));
    if (closes) {
      size_t opened = open[--depth];
      push(source + at, 1, at, in_object ? LOGGIST_JSON_OBJECT_END : LOGGIST_JSON_ARRAY_END);
      tokens[opened].length = at + 1 - tokens[opened].offset;
      tokens[opened].next = uint32_t(tokens.size());
      if (in_object && depth <= 1 && doubled_key < 0) find_doubled_key(opened);
      expects = after_value;
      continue;
    }
    switch (expects) {
      case after_value:
        if (depth == 0) return fail(LOGGIST_JSON_TRAILING, at);
        if (character != ',') return fail(LOGGIST_JSON_SYNTAX, at);
        expects = in_object ? key : value;
        break;
      case first_key:
      case key:
        if (character != '"') return fail(LOGGIST_JSON_SYNTAX, at);
        if (auto error = string(at, LOGGIST_JSON_KEY)) return error;
        if (is_done() || source[peek()] != ':') return fail(LOGGIST_JSON_SYNTAX, at);
        ++place;
        expects = value;
        break;
      case value:
      case first_element:
        if (character == '{' || character == '[') {
          if (depth == LOGGIST_JSON_MAX_DEPTH) return fail(LOGGIST_JSON_TOO_DEEP, at);
          open[depth++] = tokens.size();
          push(source + at, 0, at, character == '{' ? LOGGIST_JSON_OBJECT : LOGGIST_JSON_ARRAY);
          expects = character == '{' ? first_key : first_element;
        } else {
          if (auto error = scalar(at)) return error;
          expects = after_value;
        }
        break;
    }
  }
  if (depth > 0 || expects != after_value) return fail(LOGGIST_JSON_SYNTAX, length);
  return LOGGIST_JSON_OK;
}

loggist_json_parser *loggist_json_parser_new(void) { return new (std::nothrow) loggist_json_parser; }

void loggist_json_parser_free(loggist_json_parser *parser) { delete parser; }

loggist_json_result loggist_json_parse(
    loggist_json_parser *parser, const uint8_t *bytes, size_t length) {
  loggist_json_error error;
  try {
    error = parser->parse(bytes, length);
  } catch (const std::bad_alloc &) {
    error = LOGGIST_JSON_NO_MEMORY;
  }
  return {parser->tokens.data(), uint32_t(parser->tokens.size()), parser->doubled_key,
          parser->error_offset, error};
}
