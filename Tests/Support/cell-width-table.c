// Prints Sources/Terminal/CellWidthTable.swift from this machine's wcwidth:
//   cc -o /tmp/table Tests/Support/cell-width-table.c && /tmp/table > Sources/Terminal/CellWidthTable.swift
#define _GNU_SOURCE
#include <gnu/libc-version.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

static unsigned width_code(unsigned scalar) {
  int width = wcwidth((wchar_t)scalar);
  return width < 0 ? 3 : (unsigned)width;
}

int main(void) {
  if (!setlocale(LC_CTYPE, "C.UTF-8")) return 1;
  printf("/// Where the width changes: the first scalar of each run times four, plus its width, 3 for none.\n");
  printf("///\n/// Made by Tests/Support/cell-width-table.c from the wcwidth of glibc %s.\n", gnu_get_libc_version());
  printf("// swift-format-ignore\nlet cellWidthRuns: [UInt32] = [\n");
  unsigned last = 4, column = 0;
  for (unsigned scalar = 0; scalar < 0x110000; scalar++) {
    if (scalar >= 0xD800 && scalar < 0xE000) continue;  // Surrogates are not scalars.
    unsigned code = width_code(scalar);
    if (code == last) continue;
    last = code;
    char text[16];
    int length = snprintf(text, sizeof text, "0x%X,", scalar << 2 | code);
    if (column + (unsigned)length > 98) {
      printf("\n");
      column = 0;
    }
    if (column == 0) {
      printf("  %s", text);
      column = 2 + (unsigned)length;
    } else {
      printf(" %s", text);
      column += 1 + (unsigned)length;
    }
  }
  printf("\n]\n");
}
