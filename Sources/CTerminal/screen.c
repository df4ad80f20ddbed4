#define _GNU_SOURCE
// The wide API exists only with this; Debian's pkg-config file loses it on the way through SwiftPM.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#undef columns  // term.h defines it, as a field of cur_term.
#include <wchar.h>

#include "private.h"

_Static_assert(sizeof(wchar_t) == 4, "a wchar_t is a Unicode scalar");

enum { MAX_STYLES = 256, MAX_RUN = 256 };

static SCREEN *screen;
static FILE *stream;
static int output = -1;
static bool is_left;
static int visibility = -1;

static struct {
  attr_t attributes;
  short pair;
} styles[MAX_STYLES];

/// Modes that curses does not know: bracketed paste and focus reports, on and off.
static char modes_on[64], modes_off[64];

// Modes ------------------------------------------------------------------------------------------

/// Appends a capability without its `$<5>` delays, which no terminal of today needs.
static size_t append(char *buffer, size_t length, size_t capacity, const char *text) {
  while (text && *text && length < capacity) {
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end) {
      text = end + 1;
    } else {
      buffer[length++] = *text++;
    }
  }
  return length;
}

static void prepare_modes(const char *term, bool reports_focus) {
  const char *on = ct_capability("BE"), *off = ct_capability("BD");
  // Few entries say so, but every emulator since has bracketed paste; the console would print it.
  if (!(on && off)) on = off = NULL;
  if (!on && strncmp(term, "linux", 5) != 0) {
    on = "\033[?2004h";
    off = "\033[?2004l";
  }
  size_t length = append(modes_on, 0, sizeof modes_on - 1, on);
  length = append(modes_on, length, sizeof modes_on - 1, reports_focus ? "\033[?1004h" : "");
  modes_on[length] = 0;
  length = append(modes_off, 0, sizeof modes_off - 1, off);
  length = append(modes_off, length, sizeof modes_off - 1, reports_focus ? "\033[?1004l" : "");
  modes_off[length] = 0;
}

/// What a crash must write: all that endwin would, without curses.
static void prepare_guard(void) {
  char bytes[512];
  size_t length = append(bytes, 0, sizeof bytes, modes_off);
  static const char *const names[] = {"sgr0", "op", "rmkx", "rmcup", "cnorm"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    length = append(bytes, length, sizeof bytes, ct_capability(names[i]));
  }
  ct_guard_set_bytes(bytes, length);
}

// Opening and closing ------------------------------------------------------------------------------

int ct_open(int descriptor, const char *term, bool reports_focus) {
  // newterm succeeds on a terminal without cursor addressing and then paints garbage; ask first.
  int status = 0;
  if (setupterm(term, descriptor, &status) != OK) return CT_UNKNOWN_TERMINAL;
  bool is_capable = ct_capability("cup") != NULL;
  del_curterm(cur_term);
  if (!is_capable) return CT_NOT_CAPABLE;

  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  stream = copy < 0 ? NULL : fdopen(copy, "r+");
  if (!stream) {
    if (copy >= 0) close(copy);
    return CT_UNKNOWN_TERMINAL;
  }
  use_env(FALSE);  // LINES and COLUMNS of a parent lie after the first resize.
  use_tioctl(TRUE);
  screen = newterm(term, stream, stream);
  if (!screen) {
    fclose(stream);
    stream = NULL;
    return CT_UNKNOWN_TERMINAL;
  }
  output = copy;
  is_left = false;
  visibility = -1;
  raw();  // ^C, ^Z and ^S are keys: nobody kills a half-typed draft by reflex.
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  typeahead(-1);  // Or a flush stops half-way when a key is waiting.
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  prepare_modes(term, reports_focus);
  prepare_guard();
  ct_flush();
  ct_write(output, modes_on, strlen(modes_on));
  return CT_OPENED;
}

void ct_leave(void) {
  if (!screen || is_left) return;
  is_left = true;
  ct_signals_flushing(output);
  ct_write(output, modes_off, strlen(modes_off));
  curs_set(1);
  visibility = -1;
  def_prog_mode();
  endwin();
  ct_signals_flushing(-1);
}

void ct_enter(void) {
  if (!screen) return;
  is_left = false;
  reset_prog_mode();
  clearok(curscr, TRUE);
  visibility = -1;
  ct_flush();
  ct_write(output, modes_on, strlen(modes_on));
}

void ct_close(void) {
  if (!screen) return;
  ct_leave();
  delscreen(screen);
  screen = NULL;
  // endwin went nowhere when a flush was cut short, and fails on half of a hung-up terminal.
  if (ct_signals_diverted()) ct_guard_restore();
  fclose(stream);
  stream = NULL;
  output = -1;
}

// Size and capabilities ------------------------------------------------------------------------------

bool ct_kernel_size(int terminal, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

void ct_resize(int rows, int columns) {
  if (!screen) return;
  // Not resizeterm, which also puts a KEY_RESIZE into a queue that nobody reads.
  resize_term(rows, columns);
  clearok(curscr, TRUE);
}

int ct_colors(void) { return screen && has_colors() ? COLORS : 0; }

const char *ct_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

// Painting -------------------------------------------------------------------------------------------

void ct_define_style(int index, int foreground, int background, unsigned attributes) {
  if (!screen || index < 0 || index >= MAX_STYLES) return;
  attr_t attribute = A_NORMAL;
  if (attributes & CT_BOLD) attribute |= A_BOLD;
  if (attributes & CT_DIM) attribute |= A_DIM;
  if (attributes & CT_UNDERLINE) attribute |= A_UNDERLINE;
  if (attributes & CT_REVERSE) attribute |= A_REVERSE;
  int pair = 0;
  if (has_colors() && (foreground >= 0 || background >= 0)) {
    pair = alloc_pair(foreground, background);
    if (pair < 0 || pair > 32767) pair = 0;
  }
  styles[index].attributes = attribute;
  styles[index].pair = (short)pair;
}

void ct_put(int row, int column, const uint32_t *scalars, size_t count, int style) {
  if (!screen || style < 0 || style >= MAX_STYLES) return;
  // Cells and not a wide string: waddnwstr wraps at the margin, fails in the last cell, and hangs a
  // combining mark after a wide glyph on that glyph's second half.
  cchar_t cells[MAX_RUN];
  for (size_t i = 0; i < count;) {
    int filled = 0, width = 0;
    while (i < count && filled < MAX_RUN) {
      wchar_t glyph[CCHARW_MAX + 1] = {(wchar_t)scalars[i++]};
      width += ct_width((uint32_t)glyph[0]);
      for (size_t length = 1; i < count && ct_width(scalars[i]) == 0; i++) {
        if (length < CCHARW_MAX) glyph[length++] = (wchar_t)scalars[i];
      }
      setcchar(&cells[filled++], glyph, styles[style].attributes, styles[style].pair, NULL);
    }
    mvwadd_wchnstr(stdscr, row, column, cells, filled);
    column += width;
  }
}

void ct_erase(void) {
  if (screen) werase(stdscr);
}

void ct_cursor(int row, int column) {
  if (!screen) return;
  int wanted = row >= 0;
  if (wanted) wmove(stdscr, row, column);
  if (wanted != visibility) curs_set(wanted);
  visibility = wanted;
}

void ct_flush(void) {
  if (!screen) return;
  ct_signals_flushing(output);
  wnoutrefresh(stdscr);
  doupdate();
  ct_signals_flushing(-1);
}

void ct_bell(void) {
  if (screen) beep();
}
