/// One JSON text at a time as a flat list of tokens: simdjson behind a C wall.
///
/// simdjson's first stage finds the tokens and checks UTF-8; the walk over them (ours) checks the rest of the
/// grammar. Numbers keep their digits, so that 2^64 and 1e999 are no errors; members keep their order.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "linefinder.h"

/// So many bytes behind a text must be readable; what they hold does not matter.
#define LOGGIST_JSON_PADDING 64
#define LOGGIST_JSON_MAX_DEPTH 512

typedef enum loggist_json_kind : uint8_t {
  LOGGIST_JSON_OBJECT,
  LOGGIST_JSON_OBJECT_END,
  LOGGIST_JSON_ARRAY,
  LOGGIST_JSON_ARRAY_END,
  LOGGIST_JSON_KEY,
  LOGGIST_JSON_STRING,
  LOGGIST_JSON_NUMBER,
  LOGGIST_JSON_TRUE,
  LOGGIST_JSON_FALSE,
  LOGGIST_JSON_NULL,
} loggist_json_kind;

typedef enum loggist_json_error : uint8_t {
  LOGGIST_JSON_OK,
  LOGGIST_JSON_NOT_UTF8,
  LOGGIST_JSON_TOO_DEEP,
  LOGGIST_JSON_NO_MEMORY,
  /// An escape that stands for no character: a lone surrogate, `\x`.
  LOGGIST_JSON_BAD_ESCAPE,
  LOGGIST_JSON_UNCLOSED_STRING,
  /// A control character as it is inside a string.
  LOGGIST_JSON_CONTROL_CHARACTER,
  LOGGIST_JSON_BAD_NUMBER,
  LOGGIST_JSON_EMPTY,
  /// Bytes behind the value.
  LOGGIST_JSON_TRAILING,
  LOGGIST_JSON_SYNTAX,
} loggist_json_error;

typedef struct loggist_json_token {
  /// Unescaped text of a key or a string, digits of a number; the source of a container. Not ended by NUL.
  const uint8_t *_Nonnull text;
  uint32_t length;
  /// Where it begins in the source: at the quote, the bracket, the first digit.
  uint32_t offset;
  /// Of a container: the index of the token after its end. Of any other: of the next token.
  uint32_t next;
  loggist_json_kind kind;
} loggist_json_token;

typedef struct loggist_json_result {
  /// Valid until the parser's next text.
  const loggist_json_token *_Nullable tokens;
  uint32_t count;
  /// The index of a key that stands twice in the outermost object or in an object right inside it; -1: none.
  int32_t doubled_key;
  /// Near which byte of the source the error is.
  uint32_t error_offset;
  loggist_json_error error;
} loggist_json_result;

typedef struct loggist_json_parser loggist_json_parser;

loggist_json_parser *_Nullable loggist_json_parser_new(void);
void loggist_json_parser_free(loggist_json_parser *_Nullable parser);

/// Reads one text of at most 2^31 bytes. At least LOGGIST_JSON_PADDING readable bytes must follow it.
loggist_json_result loggist_json_parse(
    loggist_json_parser *_Nonnull parser, const uint8_t *_Nonnull bytes, size_t length);

/// A line of the form in which this program writes lines of version 1, without a gap: where its parts lie, in bytes from
/// its `{` on.
typedef struct loggist_plain_line {
  uint64_t sequence;
  uint32_t logged, logged_length;
  /// 43 characters each.
  uint32_t prev, digest;
  uint32_t head_length;
  uint32_t entry, entry_length;
  uint32_t kind, kind_length;
  uint32_t at, at_length;
} loggist_plain_line;

/// Whether a line is of that form, valid JSON and UTF-8 from one end to the other, no key twice, its entry an object of
/// strings without escapes, whole numbers, words and lists of such strings with `kind` first. False says nothing: such
/// a line is to be read by `loggist_json_parse`. `node` is the code and `length` at most 2^31; LOGGIST_JSON_PADDING
/// readable bytes must follow the line.
bool loggist_plain_line_read(
    const uint8_t *_Nonnull line, size_t length, const uint8_t *_Nonnull node, size_t node_length,
    loggist_plain_line *_Nonnull result);

#endif
