#define _GNU_SOURCE
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "private.h"

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

bool ct_set_locale(void) {
  // LC_CTYPE alone: numbers and messages are the program's own business. A LANG that names a locale
  // which is not installed is common (a minimal Debian has C, C.UTF-8 and POSIX), and every wcwidth
  // beyond ASCII would be -1.
  if (setlocale(LC_CTYPE, "") && is_utf8()) return true;
  return setlocale(LC_CTYPE, "C.UTF-8") && is_utf8();
}

int ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
