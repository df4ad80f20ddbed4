#define _GNU_SOURCE
#include "csystem.h"

#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>

int loggist_flock(int file, int operation) { return flock(file, operation); }

long loggist_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : -1;
}

const void *loggist_find(const void *bytes, size_t count, const void *pattern, size_t length) {
  return memmem(bytes, count, pattern, length);
}

const void *loggist_find_last(const void *bytes, int byte, size_t count) {
  return memrchr(bytes, byte, count);
}
