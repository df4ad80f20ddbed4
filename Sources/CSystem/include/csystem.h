/// The calls that Swift's Glibc does not show: `flock`, hidden by the struct of its name, and GNU's own.

#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>

/// `flock(2)`.
int loggist_flock(int file, int operation);

/// The `f_type` of `statfs(2)`, or -1 with `errno`.
long loggist_file_system(const char *_Nonnull path);

/// `memmem(3)` and `memrchr(3)`: where some bytes begin first, where a byte stands last.
const void *_Nullable loggist_find(
    const void *_Nonnull bytes, size_t count, const void *_Nonnull pattern, size_t length);
const void *_Nullable loggist_find_last(const void *_Nonnull bytes, int byte, size_t count);

#endif
