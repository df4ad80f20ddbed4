#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/vfs.h>
#include <unistd.h>

int loggist_flock(int file, int operation) { return flock(file, operation); }

long loggist_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : -1;
}

ssize_t loggist_random(void *bytes, size_t count) { return getrandom(bytes, count, 0); }

const void *loggist_find(const void *bytes, size_t count, const void *pattern, size_t length) {
  return memmem(bytes, count, pattern, length);
}

const void *loggist_find_last(const void *bytes, int byte, size_t count) {
  return memrchr(bytes, byte, count);
}

int loggist_pipe(int *reading, int *writing) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}

int loggist_memory_file(const void *bytes, size_t count) {
  int file = memfd_create("loggist", MFD_CLOEXEC);
  if (file < 0) return -1;
  size_t done = 0;
  while (done < count) {
    ssize_t more = write(file, (const char *)bytes + done, count - done);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) {
      int error = errno;
      close(file);
      errno = error;
      return -1;
    }
    done += (size_t)more;
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

static int prepare(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions,
                   const char *folder, int input, int output) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int error = posix_spawnattr_setsigdefault(attributes, &all);
  if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
  if (!error) error = posix_spawnattr_setpgroup(attributes, 0);
  if (!error) {
    error = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  if (!error) error = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, output, 2);
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (!error) error = posix_spawn_file_actions_addchdir_np(actions, folder);
  return error;
}

int loggist_start(pid_t *child, const char *path, char *const *arguments, char *const *environment,
                  const char *folder, int input, int output) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  int error = posix_spawnattr_init(&attributes);
  if (error) return error;
  error = posix_spawn_file_actions_init(&actions);
  if (error) {
    posix_spawnattr_destroy(&attributes);
    return error;
  }
  error = prepare(&attributes, &actions, folder, input, output);
  if (!error) error = posix_spawn(child, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}
