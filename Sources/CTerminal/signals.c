#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>

#include "private.h"

const int ct_handled_signals[] = {
    SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGCHLD,
};
enum { COUNT = sizeof ct_handled_signals / sizeof *ct_handled_signals };
const size_t ct_handled_signal_count = COUNT;

static struct sigaction former[COUNT];
static int ends[2] = {-1, -1};
static int nowhere = -1;
static atomic_int flushing = -1;
static atomic_bool diverted;

static void handle(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ct_write(ends[1], (const char *)&byte, 1);
  int output = atomic_load(&flushing);
  bool ends_program = number == SIGTERM || number == SIGHUP || number == SIGQUIT;
  if (output >= 0 && nowhere >= 0 && ends_program) {
    // The write that was interrupted is tried again by ncurses, and then succeeds at once.
    dup2(nowhere, output);
    atomic_store(&diverted, true);
  }
  errno = saved;
}

int ct_signals_open(void) {
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  atomic_store(&diverted, false);
  // No SA_RESTART: poll and a blocked write are to notice.
  struct sigaction action = {.sa_handler = handle};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < COUNT; i++) sigaction(ct_handled_signals[i], &action, &former[i]);
  return ends[0];
}

void ct_signals_close(void) {
  if (ends[0] < 0) return;
  for (size_t i = 0; i < COUNT; i++) sigaction(ct_handled_signals[i], &former[i], NULL);
  close(ends[0]);
  close(ends[1]);
  if (nowhere >= 0) close(nowhere);
  ends[0] = ends[1] = nowhere = -1;
}

void ct_signals_flushing(int output) { atomic_store(&flushing, output); }

bool ct_signals_diverted(void) { return atomic_load(&diverted); }
