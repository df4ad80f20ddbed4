#include "cfuzzer.h"

int LLVMFuzzerRunDriver(int *argc, char ***argv, loggist_fuzz_target target);

int loggist_fuzz(int argc, char **argv, loggist_fuzz_target target) {
  return LLVMFuzzerRunDriver(&argc, &argv, target);
}
