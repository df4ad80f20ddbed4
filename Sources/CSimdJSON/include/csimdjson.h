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

/// Whether a line begins with a head of that form, `,"entry":` behind it.
bool loggist_plain_head_read(
    const uint8_t *_Nonnull line, size_t length, const uint8_t *_Nonnull node, size_t node_length);

/// What an index keeps of a plain line (`loggist_plain_line`): numbers in place of words, and the members of its entry that
/// are asked for again.
typedef struct loggist_indexed_line {
  /// Milliseconds since 1970.
  int64_t logged, at;
  uint64_t sequence;
  /// Its number; the code is that of `incident_node`, LOGGIST_NO_INCIDENT where the entry is the whole desk's.
  uint32_t incident;
  /// Where its members begin among those of its segment.
  uint32_t members;
  /// The number of the entry of the same log that its `ref` names; 0 where it names none.
  uint32_t target;
  uint16_t members_length;
  /// By the numbers of the index's own lists.
  uint16_t incident_node, by;
  /// Of `at`, minutes east of UTC.
  int16_t offset_minutes;
  /// Of LOGGIST_LINE_….
  uint16_t marks;
  /// By the order in which the kinds were added.
  uint8_t kind;
  /// 0 `tui`, 1 `cli`, 2 `import`, 3 `hook`.
  uint8_t via;
} loggist_indexed_line;

#define LOGGIST_NO_INCIDENT 0xFFFF

/// What a line says with one word out of a few, whatever its kind.
enum {
  LOGGIST_LINE_APPROXIMATE = 1,
  LOGGIST_LINE_CALLBACK = 1 << 1,
  LOGGIST_LINE_CONFIRMED = 1 << 2,
  LOGGIST_LINE_HELD = 1 << 3,
  LOGGIST_LINE_REVERTED = 1 << 4,
  LOGGIST_LINE_STARTED = 1 << 5,
  LOGGIST_LINE_CHANGED = 1 << 6,
  LOGGIST_LINE_ENDED = 1 << 7,
  LOGGIST_LINE_FULL = 1 << 8,
  LOGGIST_LINE_DEGRADED = 1 << 9,
  LOGGIST_LINE_RISK = 1 << 10,
  /// It says more than numbers can: it ends later than it begins, it was redacted, it names an entry of another log.
  LOGGIST_LINE_SAYS_MORE = 1 << 11,
};

typedef struct loggist_index_result {
  size_t lines, bytes, members;
} loggist_index_result;

typedef struct loggist_line_index loggist_line_index;

loggist_line_index *_Nullable loggist_line_index_new(void);
void loggist_line_index_free(loggist_line_index *_Nullable index);

/// A kind that may stand in the index, at most 255 of them, before the first line is read; `keeps_text`: its text is one
/// of the members that are kept.
void loggist_line_index_add_kind(
    loggist_line_index *_Nonnull index, const uint8_t *_Nonnull name, size_t length, bool keeps_text);

/// Reads lines from the front of some bytes up to the first that is no plain one: that is to be read in another way. Kept
/// of an entry are its members but `kind`, `at`, `incident`, `salt` and `text`, as they stand in the line, with a comma
/// between. `members` has room for `length` bytes, and `before` bytes of members stand in front of it;
/// LOGGIST_JSON_PADDING readable ones must follow `bytes`.
loggist_index_result loggist_line_index_read(
    loggist_line_index *_Nonnull index, const uint8_t *_Nonnull bytes, size_t length,
    const uint8_t *_Nonnull node, size_t node_length, loggist_indexed_line *_Nonnull lines,
    size_t capacity, uint8_t *_Nonnull members, size_t before);

/// Who recorded (`by`) and whose incidents (`incident_node`) the lines so far name.
size_t loggist_line_index_users(const loggist_line_index *_Nonnull index);
size_t loggist_line_index_nodes(const loggist_line_index *_Nonnull index);
const uint8_t *_Nonnull loggist_line_index_user(
    const loggist_line_index *_Nonnull index, size_t number, size_t *_Nonnull length);
const uint8_t *_Nonnull loggist_line_index_node(
    const loggist_line_index *_Nonnull index, size_t number, size_t *_Nonnull length);

/// The value of a member that an index kept, as it stands in the line, a string with its quotes; null where there is none of
/// that name. Padding as above.
const uint8_t *_Nullable loggist_member_find(
    const uint8_t *_Nonnull members, size_t length, const uint8_t *_Nonnull name, size_t name_length,
    size_t *_Nonnull value_length);

/// The members that an index kept as the tokens of one object; 0 where there is no room for them. Padding as above.
size_t loggist_members_read(
    const uint8_t *_Nonnull bytes, size_t length, loggist_json_token *_Nonnull tokens, size_t capacity);

#endif
