// Loaded in front of libc (LD_PRELOAD): counts the calls that write on files of a store, and fails the n-th of a kind.
//
// FAULT_CALL   write, pwrite, fdatasync, fsync, rename or open; without it nothing fails
// FAULT_NUMBER from 0: which call of that kind
// FAULT_ERRNO  the number of the error
// FAULT_STICKY 1: this one and all that come behind it
// FAULT_UNDER  only files below this path count
// FAULT_COUNTS a file that gets "kind count" a line at the end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const kinds[] = {"write", "pwrite", "fdatasync", "fsync", "rename", "open"};
enum kind { WRITE, PWRITE, FDATASYNC, FSYNC, RENAME, OPEN, KINDS };
static atomic_int counts[KINDS];

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static int is_ours(const char *path) {
  const char *under = getenv("FAULT_UNDER");
  return under && path && strncmp(path, under, strlen(under)) == 0;
}

static int is_our_file(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t count = readlink(link, path, sizeof path - 1);
  if (count < 0) return 0;
  path[count] = 0;
  return is_ours(path);
}

/// True where this call has to fail; errno is set then.
static int fails(enum kind kind) {
  int number = atomic_fetch_add(&counts[kind], 1);
  const char *call = getenv("FAULT_CALL"), *wanted = getenv("FAULT_NUMBER");
  if (!call || !wanted || strcmp(call, kinds[kind]) != 0) return 0;
  const char *sticky = getenv("FAULT_STICKY");
  int is_hit = number == atoi(wanted) || (sticky && *sticky == '1' && number > atoi(wanted));
  if (is_hit) errno = atoi(getenv("FAULT_ERRNO"));
  return is_hit;
}

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t (*real)(int, const void *, size_t) = next("write");
  return is_our_file(file) && fails(WRITE) ? -1 : real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  ssize_t (*real)(int, const void *, size_t, off_t) = next("pwrite");
  return is_our_file(file) && fails(PWRITE) ? -1 : real(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  ssize_t (*real)(int, const void *, size_t, off64_t) = next("pwrite64");
  return is_our_file(file) && fails(PWRITE) ? -1 : real(file, bytes, count, offset);
}

int fdatasync(int file) {
  int (*real)(int) = next("fdatasync");
  return is_our_file(file) && fails(FDATASYNC) ? -1 : real(file);
}

int fsync(int file) {
  int (*real)(int) = next("fsync");
  return is_our_file(file) && fails(FSYNC) ? -1 : real(file);
}

int rename(const char *from, const char *to) {
  int (*real)(const char *, const char *) = next("rename");
  return is_ours(to) && fails(RENAME) ? -1 : real(from, to);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
  int (*real)(const char *, int, ...) = next(name);
  return is_ours(path) && fails(OPEN) ? -1 : real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return opened("open64", path, flags, mode);
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("FAULT_COUNTS");
  if (!path) return;
  FILE *file = fopen(path, "we");
  if (!file) return;
  for (int kind = 0; kind < KINDS; kind++) fprintf(file, "%s %d\n", kinds[kind], counts[kind]);
  fclose(file);
}
