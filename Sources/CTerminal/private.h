// What the C files share and Swift does not see.
#ifndef CTERMINAL_PRIVATE_H
#define CTERMINAL_PRIVATE_H

#include <errno.h>
#include <unistd.h>

#include "CTerminal.h"

/// The signals that come out of the pipe.
extern const int ct_handled_signals[];
extern const size_t ct_handled_signal_count;

/// Tells the handlers where output goes while a flush is under way, -1 when none is. A signal that
/// ends the program then sends the rest nowhere: a terminal that has stopped reading cannot hold us.
void ct_signals_flushing(int output);
/// Whether that has happened, so that the terminal knows nothing of the last flush.
bool ct_signals_diverted(void);

/// The bytes that the guard writes first; they are to undo every mode that the screen has set.
void ct_guard_set_bytes(const char *bytes, size_t count);
/// Restores the terminal by plain system calls that never wait.
void ct_guard_restore(void);

/// Writes all of it, or as much as the descriptor takes.
static inline void ct_write(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written == 0 || errno != EINTR) {
      return;
    }
  }
}

#endif
