// What simdjson alone takes for a log: every line of every file parsed to its end, and nothing done with it.
#include <simdjson.h>

#include <cstdio>

int main(int count, char **paths) {
  simdjson::dom::parser parser;
  size_t lines = 0;
  for (int place = 1; place < count; place++) {
    simdjson::padded_string bytes;
    if (simdjson::padded_string::load(paths[place]).get(bytes)) return 1;
    simdjson::dom::document_stream stream;
    if (parser.parse_many(bytes, 1 << 20).get(stream)) return 1;
    for (auto line : stream) {
      if (line.error()) return 1;
      lines++;
    }
  }
  std::printf("%zu\n", lines);
  return 0;
}
