/// Lines of a log found by what stands in their bytes, without reading them as JSON: a pass at some gigabytes a second.

#ifndef LINEFINDER_H
#define LINEFINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// So many bytes behind what is searched must be readable; what they hold does not matter.
#define LOGGIST_FINDER_PADDING 64

/// One byte of a pattern: either of these two.
typedef struct loggist_byte_choice {
  uint8_t one, other;
} loggist_byte_choice;

/// Bytes one after the other, without a line break among them.
typedef struct loggist_byte_pattern {
  const loggist_byte_choice *_Nonnull bytes;
  size_t length;
  /// Counts only in a line in which `"title"` stands, too.
  bool is_for_titles;
} loggist_byte_pattern;

/// A line that is to be read whole.
typedef struct loggist_found_line {
  /// In what was searched, of its first byte.
  size_t start;
  /// Without the line break.
  size_t length;
  /// Its head is of the common form and it has the number that the line before it lets expect; see `run`.
  bool is_plain;
} loggist_found_line;

/// A string that names an entry or an incident (`"INC.812"`, `"INC-12"`), anywhere in a line.
typedef struct loggist_mention {
  uint32_t number;
  /// In the file, of the line's first byte.
  uint32_t line;
} loggist_mention;

/// Plain lines whose numbers count up by one, other lines between them or not.
typedef struct loggist_line_run {
  uint64_t first, last;
} loggist_line_run;

/// Where the plain line of a number begins in the file: of one in some dozens, and of the first of each run.
typedef struct loggist_line_mark {
  uint64_t sequence;
  uint32_t line;
} loggist_line_mark;

typedef struct loggist_line_finder loggist_line_finder;

/// Nil where there is no memory, or a pattern or a code is empty.
///
/// - codes: the nodes whose entries and incidents can be mentioned, each ended by NUL.
/// - patterns: a line with one of them in its `by` or in its entry, but not in a name of a member, is found.
/// - ref_word: a line whose name in small letters (`inc.812`) has this word in it is found; nil: none.
/// - notes_incidents: mentions of incidents are noted, too: every line has one.
loggist_line_finder *_Nullable loggist_line_finder_new(
    const char *_Nonnull codes, size_t code_count, const loggist_byte_pattern *_Nullable patterns,
    size_t pattern_count, const uint8_t *_Nullable ref_word, size_t ref_word_length,
    bool notes_incidents);

/// From now on lines are found, too, that name this incident of the node whose code stands at this index. Only where
/// incidents are noted.
void loggist_line_finder_want(
    loggist_line_finder *_Nonnull finder, size_t code, uint32_t incident);

void loggist_line_finder_free(loggist_line_finder *_Nullable finder);

/// From now on lines are found, too, whose entry does not begin with its kind and an incident of one of the nodes. Only
/// where incidents are noted.
void loggist_line_finder_want_unnamed(loggist_line_finder *_Nonnull finder);

/// Goes through so many bytes at once, 64, 32 or 1: all find the same, and a new finder takes the widest. False where the
/// processor cannot, and then all stays as it was.
bool loggist_line_finder_use(loggist_line_finder *_Nonnull finder, size_t width);

/// Begins a file of the log of the node whose code stands at this index; forgets runs, marks and mentions.
void loggist_line_finder_begin(loggist_line_finder *_Nonnull finder, size_t code);

/// Goes through whole lines, each with its line break. Returns false where a number or an offset is too large to be
/// noted, and then nothing that was found holds.
///
/// Found are the lines with a pattern or with an escape of the form `\u`, and every line that is not plain. A plain
/// line begins as this program begins a line of version 1, up to the time; it ends with `}}`, has no `{"v":` further on,
/// and its number is one more than that of the plain line before it, or begins another run.
///
/// - offset: in the file, of the first byte.
bool loggist_line_finder_run(
    loggist_line_finder *_Nonnull finder, const uint8_t *_Nonnull bytes, size_t count,
    uint64_t offset);

/// What the last `run` found, in order; valid until the next one.
const loggist_found_line *_Nullable loggist_line_finder_lines(
    const loggist_line_finder *_Nonnull finder, size_t *_Nonnull count);

/// What was met since `begin`, in order; valid until the next `run`.
const loggist_line_run *_Nullable loggist_line_finder_runs(
    const loggist_line_finder *_Nonnull finder, size_t *_Nonnull count);
const loggist_line_mark *_Nullable loggist_line_finder_marks(
    const loggist_line_finder *_Nonnull finder, size_t *_Nonnull count);
const loggist_mention *_Nullable loggist_line_finder_entry_mentions(
    const loggist_line_finder *_Nonnull finder, size_t code, size_t *_Nonnull count);
const loggist_mention *_Nullable loggist_line_finder_incident_mentions(
    const loggist_line_finder *_Nonnull finder, size_t code, size_t *_Nonnull count);

#endif
