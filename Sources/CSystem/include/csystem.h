/// The calls that Swift's Glibc does not show: `flock`, hidden by the struct of its name, GNU's own, and the start of a
/// hook, which takes several of those.

#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <sys/types.h>

/// `flock(2)`.
int loggist_flock(int file, int operation);

/// The `f_type` of `statfs(2)`, or -1 with `errno`.
long loggist_file_system(const char *_Nonnull path);

/// `getrandom(2)`.
ssize_t loggist_random(void *_Nullable bytes, size_t count);

/// `memmem(3)` and `memrchr(3)`: where some bytes begin first, where a byte stands last.
const void *_Nullable loggist_find(
    const void *_Nonnull bytes, size_t count, const void *_Nonnull pattern, size_t length);
const void *_Nullable loggist_find_last(const void *_Nonnull bytes, int byte, size_t count);

/// A pipe whose ends no child inherits and whose reading end never blocks. 0, or the error.
int loggist_pipe(int *_Nonnull reading, int *_Nonnull writing);

/// A file in memory with these bytes, to be read from the start; -1 with `errno`.
int loggist_memory_file(const void *_Nonnull bytes, size_t count);

/// Starts a program in a process group of its own, in a folder, with every signal at its default, and with no descriptor
/// but `input` as its standard input and `output` as its standard output and error. 0, or the error.
int loggist_start(
    pid_t *_Nonnull child, const char *_Nonnull path, char *const _Nullable *_Nonnull arguments,
    char *const _Nullable *_Nonnull environment, const char *_Nonnull folder, int input, int output);

#endif
