// The only wall between Loggist and ncurses: Swift sees these functions and never a WINDOW.
// One terminal a process, one thread: nothing here takes a lock.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// locale.c --------------------------------------------------------------------------------------

/// Sets LC_CTYPE from the environment, or C.UTF-8 where that is not UTF-8; false where neither is.
bool ct_set_locale(void);
/// The width that ncurses positions by: -1, 0, 1 or 2.
int ct_width(uint32_t scalar);

// screen.c --------------------------------------------------------------------------------------

enum { CT_OPENED = 0, CT_UNKNOWN_TERMINAL = 1, CT_NOT_CAPABLE = 2 };

/// Takes over the terminal behind `output`, known to terminfo as `term`; one of the results above.
int ct_open(int output, const char *term, bool reports_focus);
/// Gives the terminal back with the modes it had before; nothing happens when it is not open.
void ct_close(void);
/// Gives the terminal back for a while: an editor, ^Z.
void ct_leave(void);
/// Takes it again after ct_leave, or after a stop that nobody announced.
void ct_enter(void);

/// Shows one run of glyphs in a style; a base and the zero-width scalars after it share a cell.
void ct_put(int row, int column, const uint32_t *scalars, size_t count, int style);
void ct_erase(void);
/// Puts the cursor there at the next flush; a negative row hides it.
void ct_cursor(int row, int column);
/// Sends what changed since the last flush.
void ct_flush(void);
void ct_bell(void);

enum { CT_BOLD = 1, CT_DIM = 2, CT_UNDERLINE = 4, CT_REVERSE = 8 };

/// Defines what style `index` (0 to 255) looks like; colour -1 is the terminal's own.
void ct_define_style(int index, int foreground, int background, unsigned attributes);
/// How many colours terminfo promises; 0 for none.
int ct_colors(void);
/// A string capability, NULL when absent; valid while the terminal is open.
const char *ct_capability(const char *name);
/// The kernel's idea of the size; false when it has none.
bool ct_kernel_size(int terminal, int *rows, int *columns);
/// Tells ncurses the size; the next flush repaints every cell.
void ct_resize(int rows, int columns);

// signals.c -------------------------------------------------------------------------------------

/// Installs handlers that write the signal's number to a pipe; its reading end, or -1 with errno.
int ct_signals_open(void);
/// Puts the former handlers back and closes the pipe.
void ct_signals_close(void);

// guard.c ---------------------------------------------------------------------------------------

/// From now on a crash gives the terminal back as it is now, writes `message`, and then kills.
void ct_guard_install(int terminal, const char *message);
void ct_guard_remove(void);

// jobs.c ----------------------------------------------------------------------------------------

/// Stops this process group as ^Z does; returns when it is continued.
void ct_stop(void);
/// Stops until this process group has the terminal, which `bg` does not give it.
void ct_await_foreground(int terminal);
/// Runs a program on the terminal and waits for it: 0 with its exit status (128 + n when signal n
/// killed it), or an errno when it did not start.
int ct_run(int terminal, char *const arguments[], int *status);

/// A non-blocking eventfd, or -1 with errno.
int ct_eventfd(void);

#endif
