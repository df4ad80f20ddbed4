#define _GNU_SOURCE
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>

#include "private.h"

// Everything here is prepared beforehand: a handler may call write, tcsetattr and raise, not malloc.
static const int fatal[] = {SIGSEGV, SIGILL, SIGBUS, SIGABRT, SIGFPE, SIGTRAP};
enum { COUNT = sizeof fatal / sizeof *fatal };

static struct sigaction former[COUNT];
static bool is_installed;
static char stack[64 * 1024];
static int terminal = -1;
static struct termios modes;
static bool has_modes;
static char restoring[512];
static size_t restoring_count;
static char sentence[4096 + 256];
static size_t sentence_count;

void ct_guard_restore(void) {
  if (terminal < 0) return;
  // A background job may not set modes without being stopped, and a full terminal must not hold us.
  sigset_t blocked, former_mask;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  sigprocmask(SIG_BLOCK, &blocked, &former_mask);
  int flags = fcntl(terminal, F_GETFL);
  if (flags >= 0) fcntl(terminal, F_SETFL, flags | O_NONBLOCK);
  ct_write(terminal, restoring, restoring_count);
  if (has_modes) tcsetattr(terminal, TCSANOW, &modes);
  if (flags >= 0) fcntl(terminal, F_SETFL, flags);
  sigprocmask(SIG_SETMASK, &former_mask, NULL);
}

static void handle(int number) {
  ct_guard_restore();
  ct_write(terminal, sentence, sentence_count);
  void *frames[64];
  int count = backtrace(frames, 64);
  backtrace_symbols_fd(frames, count, STDERR_FILENO);
  // SA_RESETHAND has already put the default action back; the signal comes when we return.
  raise(number);
}

void ct_guard_install(int descriptor, const char *message) {
  terminal = descriptor;
  has_modes = tcgetattr(descriptor, &modes) == 0;
  restoring_count = 0;
  sentence_count = strnlen(message, sizeof sentence);
  memcpy(sentence, message, sentence_count);

  void *frames[4];
  backtrace(frames, 4);  // Its first call loads a library, which a handler must not.

  stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternative, NULL);  // A stack overflow has no stack left to run a handler on.
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK | SA_RESETHAND};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < COUNT; i++) sigaction(fatal[i], &action, &former[i]);
  is_installed = true;
}

void ct_guard_set_bytes(const char *bytes, size_t count) {
  restoring_count = count < sizeof restoring ? count : sizeof restoring;
  memcpy(restoring, bytes, restoring_count);
}

void ct_guard_remove(void) {
  if (!is_installed) return;
  is_installed = false;
  for (size_t i = 0; i < COUNT; i++) sigaction(fatal[i], &former[i], NULL);
  terminal = -1;
}
