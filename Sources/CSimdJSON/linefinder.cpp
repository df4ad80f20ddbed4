#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

extern "C" {
#include "linefinder.h"
}

namespace {

using Choice = loggist_byte_choice;

/// Whether texts are the same: a call of a function for each line would cost as much as the comparison.
inline bool is_same(const uint8_t *one, const char *other, size_t length) {
  constexpr size_t half = 32;
  if (length < half || length > 2 * half) return std::memcmp(one, other, length) == 0;
  return std::memcmp(one, other, half) == 0 && std::memcmp(one + length - half, other + length - half, half) == 0;
}

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// What three bytes in a row may be the beginning of: a bit for each thing that is looked for.
enum Thing : uint8_t {
  line_break = 1,
  /// `\u`
  escape = 2,
  /// `{"v`
  opening = 4,
  /// The last letter of a code, a point or a hyphen, a digit.
  mention = 8,
  /// A place in a pattern; patterns share the bits from here on.
  first_word = 16,
};
constexpr size_t word_bits = 4;
constexpr size_t window = 3;

/// For each of three places the things that a byte may stand there for.
///
/// As tables of 16 by the byte's halves, which one instruction looks up for 32 bytes at once, and as one of 128, which
/// newer processors look up for 64; a byte may seem to stand for a thing because one half fits and the other one, too, or
/// because seven bits do. Whoever asks looks closer.
struct ThingTables {
  alignas(32) uint8_t low[window][32] = {};
  alignas(32) uint8_t high[window][32] = {};
  alignas(64) uint8_t whole[window][128] = {};

  void add(size_t place, uint8_t byte, uint8_t things) {
    for (size_t lane = 0; lane < 32; lane += 16) {
      low[place][lane + (byte & 15)] |= things;
      high[place][lane + (byte >> 4)] |= things;
    }
    whole[place][byte & 127] |= things;
  }

  void add_any(size_t place, uint8_t things) {
    for (size_t half = 0; half < 32; ++half) {
      low[place][half] |= things;
      high[place][half] |= things;
    }
    for (uint8_t &all : whole[place]) all |= things;
  }

  uint8_t things(size_t place, uint8_t byte) const { return low[place][byte & 15] & high[place][byte >> 4]; }
};

/// A pattern and the place in it at which its bit is set.
struct Word {
  std::vector<Choice> bytes;
  bool is_for_titles;
  size_t place = 0;
  uint8_t bit = 0;

  bool stands_at(const uint8_t *text) const {
    for (size_t index = 0; index < bytes.size(); ++index) {
      if (text[index] != bytes[index].one && text[index] != bytes[index].other) return false;
    }
    return true;
  }
};

/// How often a byte occurs in a log, roughly: the rarest part of a pattern is what is looked for first.
int commonness(Choice choice) {
  constexpr std::string_view letters = "etaoinsrhlducmpgyfbwvkxzjq";
  size_t rank = letters.find(char(choice.one | 0x20));
  if (rank != letters.npos) return int(letters.size() - rank) + 4;
  if (is_digit(choice.one)) return 24;
  // The first byte of a letter of a script is the same for all of them.
  return choice.one >= 0xC0 ? 12 : 2;
}

/// What a plain line begins with, up to its time, for the number that is expected.
struct Head {
  std::string text;
  size_t digits = 0, digits_end = 0;
  uint64_t sequence = 0;

  void set(std::string_view node, uint64_t number) {
    text = "{\"v\":1,\"node\":\"" + std::string(node) + "\",\"seq\":";
    digits = text.size();
    text += std::to_string(number);
    digits_end = text.size();
    text += ",\"logged\":\"";
    sequence = number;
  }

  void increment(std::string_view node) {
    size_t place = digits_end;
    while (place > digits && text[place - 1] == '9') text[--place] = '0';
    if (place == digits) return set(node, sequence + 1);
    ++text[place - 1];
    ++sequence;
  }
};

/// Numbers of incidents; asked for every mention in a log.
class Numbers {
 public:
  void add(uint32_t number) {
    numbers.insert(number);
    maybe[number % maybe.size()] = true;
  }

  bool has(uint64_t number) const {
    return maybe[number % maybe.size()] && number <= UINT32_MAX && numbers.count(uint32_t(number)) > 0;
  }

 private:
  std::unordered_set<uint32_t> numbers;
  std::array<bool, 1 << 16> maybe = {};
};

constexpr size_t mark_distance = 64;
/// Bytes that are looked at for places before those are looked at: they stay in the cache next to the processor.
constexpr size_t chunk = 16 << 10;
constexpr size_t block = 64;
constexpr size_t digest_length = 43;

}  // namespace

struct loggist_line_finder {
  std::vector<std::string> codes;
  std::vector<Word> words;
  std::string ref_word;
  bool notes_incidents = true, finds_unnamed = false;
  /// By code; none at all where no incident is looked for.
  std::vector<Numbers> wanted;
  ThingTables tables;

  std::vector<loggist_found_line> lines;
  std::vector<loggist_line_run> runs;
  std::vector<loggist_line_mark> marks;
  std::vector<std::vector<loggist_mention>> entries, incidents;

  bool run(const uint8_t *bytes, size_t count, uint64_t offset);
  void begin(size_t code);
  void prepare();
  bool use(size_t width);

 private:
  size_t node = 0;
  Head head;
  size_t next_mark = 0;

  // Of the call that is going on.
  const uint8_t *bytes = nullptr;
  size_t count = 0;
  uint64_t offset = 0;
  bool overflows = false;

  // Of the line that is being gone through.
  size_t start = 0;
  bool has_head = false;
  bool is_wanted = false;
  bool is_strange = false;
  bool is_named = false;
  bool knows_parts = false;
  size_t by = 0, by_end = 0, entry = 0;

  /// Places at which something may begin, of the blocks looked at last.
  std::array<uint32_t, chunk + 2> places;
  using Collect = size_t (loggist_line_finder::*)(size_t from, size_t to);
  /// Nil: byte by byte.
  Collect collect = nullptr;
  void scan();
  void scan_bytes(size_t from);
#if defined(__x86_64__)
  size_t collect_by_32(size_t from, size_t to);
  size_t collect_by_64(size_t from, size_t to);
#endif
  inline size_t note(uint64_t marks, size_t place, size_t known);
  inline void take(size_t place, uint8_t things);
  inline void begin_line(size_t place);
  inline void end_line(size_t end);
  void begin_run();
  void take_mention(size_t place);
  bool is_own_incident(size_t quote) const;
  void take_words(size_t place, uint8_t things);
  bool counts(size_t from, size_t to);
  bool has_title() const;
  void find_parts();
  bool is_text(size_t place, std::string_view text) const {
    return count - place >= text.size() && std::memcmp(bytes + place, text.data(), text.size()) == 0;
  }
};

void loggist_line_finder::prepare() {
  tables.add(0, '\n', line_break);
  for (size_t place = 1; place < window; ++place) tables.add_any(place, line_break);
  tables.add(0, '\\', escape);
  tables.add(1, 'u', escape);
  tables.add_any(2, escape);
  tables.add(0, '{', opening);
  tables.add(1, '"', opening);
  tables.add(2, 'v', opening);
  for (const std::string &code : codes) tables.add(0, uint8_t(code.back()), mention);
  tables.add(1, '.', mention);
  if (notes_incidents) tables.add(1, '-', mention);
  for (uint8_t digit = '1'; digit <= '9'; ++digit) tables.add(2, digit, mention);
  for (size_t index = 0; index < words.size(); ++index) {
    Word &word = words[index];
    word.bit = uint8_t(first_word << (index % word_bits));
    size_t width = std::min(window, word.bytes.size());
    int least = -1;
    for (size_t place = 0; place + width <= word.bytes.size(); ++place) {
      int sum = 0;
      for (size_t step = 0; step < width; ++step) sum += commonness(word.bytes[place + step]);
      if (least < 0 || sum < least) {
        least = sum;
        word.place = place;
      }
    }
    for (size_t step = 0; step < window; ++step) {
      if (step >= width) {
        tables.add_any(step, word.bit);
        continue;
      }
      Choice choice = word.bytes[word.place + step];
      tables.add(step, choice.one, word.bit);
      tables.add(step, choice.other, word.bit);
    }
  }
}

void loggist_line_finder::begin(size_t code) {
  node = code;
  head.set(codes[code], 0);
  next_mark = 0;
  runs.clear();
  marks.clear();
  for (auto &mentions : entries) mentions.clear();
  for (auto &mentions : incidents) mentions.clear();
}

bool loggist_line_finder::run(const uint8_t *from, size_t size, uint64_t place) {
  bytes = from;
  count = size;
  offset = place;
  overflows = offset + count > UINT32_MAX;
  lines.clear();
  if (overflows) return false;
  begin_line(0);
  if (collect != nullptr) {
    scan();
  } else {
    scan_bytes(0);
  }
  return !overflows;
}

bool loggist_line_finder::use(size_t width) {
#if defined(__x86_64__)
  static const bool has_64 = __builtin_cpu_supports("avx512vbmi"), has_32 = __builtin_cpu_supports("avx2");
  if (width == 64 && has_64) {
    collect = &loggist_line_finder::collect_by_64;
    return true;
  }
  if (width == 32 && has_32) {
    collect = &loggist_line_finder::collect_by_32;
    return true;
  }
#endif
  if (width == 1) collect = nullptr;
  return width == 1;
}

void loggist_line_finder::scan_bytes(size_t from) {
  for (size_t place = from; place < count; ++place) {
    uint8_t things = tables.things(0, bytes[place]);
    if (things != 0) things &= tables.things(1, bytes[place + 1]);
    if (things != 0) things &= tables.things(2, bytes[place + 2]);
    if (things != 0) take(place, things);
  }
}

/// Places are written down first and looked at afterwards: whether one stands in a block nobody can foretell, and a
/// processor that guesses wrong loses more than the block costs.
void loggist_line_finder::scan() {
  size_t blocks_end = count / block * block;
  for (size_t from = 0; from < blocks_end; from += chunk) {
    size_t known = (this->*collect)(from, std::min(from + chunk, blocks_end));
    for (size_t index = 0; index < known; ++index) {
      size_t place = places[index];
      // Every line begins with what may open one.
      if (place == start && bytes[place] == '{') continue;
      take(place, tables.things(0, bytes[place]) & tables.things(1, bytes[place + 1]) &
                      tables.things(2, bytes[place + 2]));
    }
  }
  scan_bytes(blocks_end);
}

/// Appends the places of a block's marks, two of them whether they are there or not: mostly it is none or one.
inline size_t loggist_line_finder::note(uint64_t marks, size_t place, size_t known) {
  size_t all = known + size_t(__builtin_popcountll(marks));
  places[known] = uint32_t(place) + uint32_t(__builtin_ctzll(marks | 1ull << 63));
  marks &= marks - 1;
  places[known + 1] = uint32_t(place) + uint32_t(__builtin_ctzll(marks | 1ull << 63));
  if (__builtin_expect(all > known + 2, false)) {
    for (known += 2; known < all; ++known) {
      marks &= marks - 1;
      places[known] = uint32_t(place) + uint32_t(__builtin_ctzll(marks));
    }
  }
  return all;
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,popcnt"))) size_t loggist_line_finder::collect_by_32(size_t from, size_t to) {
  auto load = [](const uint8_t *place) __attribute__((target("avx2"))) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(place));
  };
  const __m256i half = _mm256_set1_epi8(15), zero = _mm256_setzero_si256();
  __m256i low[window], high[window];
  for (size_t index = 0; index < window; ++index) {
    low[index] = load(tables.low[index]);
    high[index] = load(tables.high[index]);
  }
  size_t known = 0;
  for (size_t place = from; place < to; place += block) {
    uint64_t marks = 0;
    for (size_t lane = 0; lane < block; lane += 32) {
      __m256i found = _mm256_set1_epi8(-1);
      for (size_t index = 0; index < window; ++index) {
        __m256i text = load(bytes + place + lane + index);
        __m256i lows = _mm256_shuffle_epi8(low[index], _mm256_and_si256(text, half));
        __m256i highs = _mm256_shuffle_epi8(high[index], _mm256_and_si256(_mm256_srli_epi16(text, 4), half));
        found = _mm256_and_si256(found, _mm256_and_si256(lows, highs));
      }
      marks |= uint64_t(~uint32_t(_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, zero)))) << lane;
    }
    known = note(marks, place, known);
  }
  return known;
}

__attribute__((target("avx512f,avx512bw,avx512vbmi,bmi,popcnt"))) size_t
loggist_line_finder::collect_by_64(size_t from, size_t to) {
  auto load = [](const uint8_t *place) __attribute__((target("avx512f"))) { return _mm512_loadu_si512(place); };
  __m512i low[window], high[window];
  for (size_t index = 0; index < window; ++index) {
    low[index] = load(tables.whole[index]);
    high[index] = load(tables.whole[index] + 64);
  }
  size_t known = 0;
  for (size_t place = from; place < to; place += block) {
    __m512i found = _mm512_permutex2var_epi8(low[0], load(bytes + place), high[0]);
    for (size_t index = 1; index < window; ++index) {
      __m512i text = load(bytes + place + index);
      found = _mm512_and_si512(found, _mm512_permutex2var_epi8(low[index], text, high[index]));
    }
    known = note(_mm512_test_epi8_mask(found, found), place, known);
  }
  return known;
}
#endif

inline void loggist_line_finder::take(size_t place, uint8_t things) {
  if (things & line_break && bytes[place] == '\n') {
    end_line(place);
    if (place + 1 < count) begin_line(place + 1);
    return;
  }
  if (things & opening && place != start && is_text(place, "{\"v\":")) is_strange = true;
  if (things & mention) take_mention(place);
  if (things & escape && bytes[place] == '\\' && bytes[place + 1] == 'u') is_wanted = true;
  if (things >= first_word && !is_wanted) take_words(place, things);
}

inline void loggist_line_finder::begin_line(size_t place) {
  start = place;
  has_head = count - place >= head.text.size() && is_same(bytes + place, head.text.data(), head.text.size());
  is_wanted = is_strange = is_named = knows_parts = false;
}

inline void loggist_line_finder::end_line(size_t end) {
  if (!has_head) begin_run();
  if (finds_unnamed && !is_named) is_wanted = true;
  bool is_plain = has_head && !is_strange && end - start > head.text.size() && bytes[end - 1] == '}'
      && bytes[end - 2] == '}';
  if (is_plain) {
    if (!ref_word.empty()) {
      std::string name = codes[node] + "." + std::to_string(head.sequence);
      for (char &letter : name) letter |= letter >= 'A' && letter <= 'Z' ? 0x20 : 0;
      is_wanted = is_wanted || name.find(ref_word) != name.npos;
    }
    if (runs.empty() || runs.back().last + 1 != head.sequence) {
      runs.push_back({head.sequence, head.sequence});
      next_mark = 0;
    }
    runs.back().last = head.sequence;
    if (next_mark == 0) {
      marks.push_back({head.sequence, uint32_t(offset + start)});
      next_mark = mark_distance;
    }
    --next_mark;
    head.increment(codes[node]);
  }
  if (is_wanted || !is_plain) lines.push_back({start, end - start, is_plain});
}

/// A line whose number is not the expected one may be plain all the same: another run begins.
void loggist_line_finder::begin_run() {
  if (!is_text(start, std::string_view(head.text).substr(0, head.digits))) return;
  uint64_t number = 0;
  size_t place = start + head.digits, digits = place;
  while (place < count && is_digit(bytes[place]) && place - digits < 15) number = number * 10 + (bytes[place++] - '0');
  if (place == digits || bytes[digits] == '0') return;
  head.set(codes[node], number);
  has_head = is_text(start, head.text);
}

void loggist_line_finder::take_mention(size_t place) {
  bool is_entry = bytes[place + 1] == '.';
  if (!is_entry && bytes[place + 1] != '-') return;
  size_t end = place + 2;
  uint64_t number = 0;
  while (end < count && is_digit(bytes[end]) && end - place < 20) number = number * 10 + (bytes[end++] - '0');
  if (end == place + 2 || end >= count || bytes[end] != '"') return;
  for (size_t index = 0; index < codes.size(); ++index) {
    size_t length = codes[index].size();
    if (place + 1 < start + length + 1 || bytes[place - length] != '"' ||
        std::memcmp(bytes + place + 1 - length, codes[index].data(), length) != 0) {
      continue;
    }
    if (number > UINT32_MAX) overflows = true;
    if (!is_entry) {
      if (!wanted.empty() && wanted[index].has(number)) is_wanted = true;
      if (finds_unnamed && !is_named) is_named = is_own_incident(place - length);
    }
    (is_entry ? entries : incidents)[index].push_back({uint32_t(number), uint32_t(offset + start)});
    return;
  }
}

/// Whether the string that begins there is the incident of the line's entry, as this program writes it: behind its kind.
bool loggist_line_finder::is_own_incident(size_t quote) const {
  constexpr std::string_view name = "\",\"incident\":", kind = "\",\"entry\":{\"kind\":\"", digest = ",\"digest\":\"";
  auto stands_before = [this](size_t &place, std::string_view text) {
    if (place < start + text.size() || std::memcmp(bytes + place - text.size(), text.data(), text.size()) != 0) return false;
    place -= text.size();
    return true;
  };
  size_t place = quote;
  if (!stands_before(place, name)) return false;
  while (place > start && (bytes[place - 1] == '_' || (bytes[place - 1] >= 'a' && bytes[place - 1] <= 'z'))) --place;
  if (!stands_before(place, kind) || place < start + digest_length) return false;
  place -= digest_length;
  return stands_before(place, digest);
}

void loggist_line_finder::take_words(size_t place, uint8_t things) {
  for (const Word &word : words) {
    if (!(things & word.bit) || place < start + word.place) continue;
    size_t from = place - word.place, to = from + word.bytes.size();
    if (to <= count && word.stands_at(bytes + from) && counts(from, to) &&
        (!word.is_for_titles || has_title())) {
      is_wanted = true;
      return;
    }
  }
}

/// Whether it stands where somebody's words may: in `by` or in the entry, and in no name of a member. True where that is
/// not sure.
bool loggist_line_finder::counts(size_t from, size_t to) {
  if (has_head) {
    if (!knows_parts) find_parts();
    if (entry > 0 && (to <= by || (from >= by_end && to <= entry))) return false;
  }
  // The name of a member is what a quote with a colon behind it ends.
  for (size_t place = to; place < std::min(to + 32, count); ++place) {
    if (bytes[place] == '\\') break;
    if (bytes[place] != '"') continue;
    if (place + 1 < count && bytes[place + 1] == ':') return false;
    break;
  }
  return true;
}

bool loggist_line_finder::has_title() const {
  const void *end = std::memchr(bytes + start, '\n', count - start);
  if (end == nullptr) return false;
  std::string_view line(reinterpret_cast<const char *>(bytes + start), size_t(static_cast<const uint8_t *>(end) - bytes) - start);
  return line.find("\"title\"") != line.npos;
}

/// Where `by` stands and the entry begins in a line of the common form; else `entry` is 0.
void loggist_line_finder::find_parts() {
  knows_parts = true;
  by = by_end = entry = 0;
  constexpr size_t time_length = 24;
  size_t place = start + head.text.size() + time_length;
  if (place > count || !is_text(place, "\",\"by\":\"")) return;
  size_t value = place + 8;
  const void *quote = std::memchr(bytes + value, '"', count - value);
  if (quote == nullptr) return;
  size_t value_end = size_t(static_cast<const uint8_t *>(quote) - bytes);
  if (bytes[value_end - 1] == '\\' || !is_text(value_end, "\",\"via\":\"")) return;
  place = value_end + 9;
  quote = std::memchr(bytes + place, '"', count - place);
  if (quote == nullptr) return;
  place = size_t(static_cast<const uint8_t *>(quote) - bytes);
  if (bytes[place - 1] == '\\' || !is_text(place, "\",\"prev\":\"")) return;
  place += 10 + digest_length;
  if (place > count || !is_text(place, "\",\"digest\":\"")) return;
  place += 12 + digest_length;
  if (place > count || !is_text(place, "\",\"entry\":{")) return;
  by = value;
  by_end = value_end;
  entry = place + 11;
}

loggist_line_finder *loggist_line_finder_new(
    const char *codes, size_t code_count, const loggist_byte_pattern *patterns, size_t pattern_count,
    const uint8_t *ref_word, size_t ref_word_length, bool notes_incidents) {
  auto is_empty = [](const loggist_byte_pattern &pattern) { return pattern.length == 0; };
  if (std::any_of(patterns, patterns + pattern_count, is_empty)) return nullptr;
  std::vector<std::string> names;
  for (size_t index = 0; index < code_count; ++index) {
    names.emplace_back(codes);
    if (names.back().empty()) return nullptr;
    codes += names.back().size() + 1;
  }
  loggist_line_finder *finder = new (std::nothrow) loggist_line_finder;
  if (finder == nullptr) return nullptr;
  finder->codes = std::move(names);
  finder->entries.resize(code_count);
  finder->incidents.resize(code_count);
  for (size_t index = 0; index < pattern_count; ++index) {
    const loggist_byte_pattern &pattern = patterns[index];
    finder->words.push_back({{pattern.bytes, pattern.bytes + pattern.length}, pattern.is_for_titles});
  }
  if (ref_word != nullptr) finder->ref_word.assign(reinterpret_cast<const char *>(ref_word), ref_word_length);
  if (!finder->use(64) && !finder->use(32)) finder->use(1);
  finder->notes_incidents = notes_incidents;
  finder->prepare();
  return finder;
}

bool loggist_line_finder_use(loggist_line_finder *finder, size_t width) { return finder->use(width); }

void loggist_line_finder_free(loggist_line_finder *finder) { delete finder; }

void loggist_line_finder_want(loggist_line_finder *finder, size_t code, uint32_t incident) {
  if (finder->wanted.empty()) finder->wanted.resize(finder->codes.size());
  finder->wanted[code].add(incident);
}

void loggist_line_finder_want_unnamed(loggist_line_finder *finder) { finder->finds_unnamed = true; }

void loggist_line_finder_begin(loggist_line_finder *finder, size_t code) { finder->begin(code); }

bool loggist_line_finder_run(
    loggist_line_finder *finder, const uint8_t *bytes, size_t count, uint64_t offset) {
  return finder->run(bytes, count, offset);
}

const loggist_found_line *loggist_line_finder_lines(const loggist_line_finder *finder, size_t *count) {
  *count = finder->lines.size();
  return finder->lines.data();
}

const loggist_line_run *loggist_line_finder_runs(const loggist_line_finder *finder, size_t *count) {
  *count = finder->runs.size();
  return finder->runs.data();
}

const loggist_line_mark *loggist_line_finder_marks(const loggist_line_finder *finder, size_t *count) {
  *count = finder->marks.size();
  return finder->marks.data();
}

const loggist_mention *loggist_line_finder_entry_mentions(
    const loggist_line_finder *finder, size_t code, size_t *count) {
  *count = finder->entries[code].size();
  return finder->entries[code].data();
}

const loggist_mention *loggist_line_finder_incident_mentions(
    const loggist_line_finder *finder, size_t code, size_t *count) {
  *count = finder->incidents[code].size();
  return finder->incidents[code].data();
}
