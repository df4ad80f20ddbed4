/// libFuzzer's loop, which calls back with one input after the other. It stands in the runtime that clang links.

#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

typedef int (*loggist_fuzz_target)(const uint8_t *_Nullable bytes, size_t count);

/// Runs until the options of the command line say that it is enough; a crash ends the process.
int loggist_fuzz(int argc, char *_Nullable *_Nonnull argv, loggist_fuzz_target _Nonnull target);

#endif
