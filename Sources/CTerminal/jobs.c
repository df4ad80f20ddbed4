#define _GNU_SOURCE
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <termios.h>

#include "private.h"

extern char **environ;

static void set_action(int number, void (*handler)(int), struct sigaction *former) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, former);
}

void ct_stop(void) {
  struct sigaction former;
  set_action(SIGTSTP, SIG_DFL, &former);
  kill(0, SIGTSTP);  // The whole job, as the terminal driver would: the shell is waiting for that.
  sigaction(SIGTSTP, &former, NULL);
}

void ct_await_foreground(int terminal) {
  // Setting the modes to what they are stops a background process (SIGTTOU) until `fg`.
  struct termios modes;
  while (tcgetattr(terminal, &modes) == 0 && tcsetattr(terminal, TCSANOW, &modes) != 0 &&
         errno == EINTR) {
  }
}

static int spawn(int terminal, char *const arguments[], pid_t *child) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  int error = posix_spawnattr_init(&attributes);
  if (error) return error;
  error = posix_spawn_file_actions_init(&actions);
  if (error) {
    posix_spawnattr_destroy(&attributes);
    return error;
  }
  // No process group of its own: a background group hangs at its first read of the terminal.
  sigset_t defaults, mask;
  sigemptyset(&mask);
  sigemptyset(&defaults);
  for (size_t i = 0; i < ct_handled_signal_count; i++) sigaddset(&defaults, ct_handled_signals[i]);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    posix_spawn_file_actions_adddup2(&actions, terminal, descriptor);
  }
  error = posix_spawnp(child, arguments[0], &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

int ct_run(int terminal, char *const arguments[], int *status) {
  // ^C, ^\ and ^Z belong to the child while it has the terminal.
  static const int ignored[] = {SIGINT, SIGQUIT, SIGTSTP};
  struct sigaction former[3];
  for (int i = 0; i < 3; i++) set_action(ignored[i], SIG_IGN, &former[i]);
  pid_t child = 0;
  int error = spawn(terminal, arguments, &child);
  int waited = 0;
  while (!error) {
    pid_t result = waitpid(child, &waited, WUNTRACED);
    if (result < 0 && errno == EINTR) continue;
    if (result < 0) {
      error = errno;
    } else if (WIFSTOPPED(waited)) {
      kill(0, SIGSTOP);  // The editor's ^Z is ours too, or the shell would not get its prompt.
      kill(child, SIGCONT);
    } else {
      break;
    }
  }
  if (!error) *status = WIFEXITED(waited) ? WEXITSTATUS(waited) : 128 + WTERMSIG(waited);
  for (int i = 0; i < 3; i++) sigaction(ignored[i], &former[i], NULL);
  return error;
}

int ct_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
