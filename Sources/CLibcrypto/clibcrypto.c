#include "clibcrypto.h"

#include <openssl/evp.h>
#include <stdlib.h>

// The algorithm is fetched once for each digest object and kept: looking it up by name at every call, which is what
// the one-shot functions of OpenSSL 3 do, costs several times the hashing of a short line.
struct loggist_sha256 {
  EVP_MD *algorithm;
  EVP_MD_CTX *context;
};

loggist_sha256 *loggist_sha256_new(void) {
  loggist_sha256 *digest = calloc(1, sizeof *digest);
  if (digest == NULL) return NULL;
  digest->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
  digest->context = EVP_MD_CTX_new();
  if (digest->algorithm == NULL || digest->context == NULL) {
    loggist_sha256_free(digest);
    return NULL;
  }
  return digest;
}

void loggist_sha256_free(loggist_sha256 *digest) {
  if (digest == NULL) return;
  EVP_MD_CTX_free(digest->context);
  EVP_MD_free(digest->algorithm);
  free(digest);
}

int loggist_sha256_begin(loggist_sha256 *digest) {
  return EVP_DigestInit_ex2(digest->context, digest->algorithm, NULL) == 1 ? 0 : -1;
}

int loggist_sha256_add(loggist_sha256 *digest, const void *bytes, size_t length) {
  if (length == 0) return 0;
  return EVP_DigestUpdate(digest->context, bytes, length) == 1 ? 0 : -1;
}

int loggist_sha256_end(loggist_sha256 *digest, uint8_t *result) {
  return EVP_DigestFinal_ex(digest->context, result, NULL) == 1 ? 0 : -1;
}
