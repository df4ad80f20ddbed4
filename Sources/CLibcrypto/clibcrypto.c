#define OPENSSL_API_COMPAT 0x10100000L
#include "clibcrypto.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

void loggist_sha256_text(const void *bytes, size_t length, uint8_t *result, uint8_t *text) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes, length);
  SHA256_Final(result, &state);
  for (int place = 0; place < 30; place += 3) {
    uint32_t bits = (uint32_t)result[place] << 16 | (uint32_t)result[place + 1] << 8 | result[place + 2];
    *text++ = (uint8_t)digits[bits >> 18];
    *text++ = (uint8_t)digits[bits >> 12 & 63];
    *text++ = (uint8_t)digits[bits >> 6 & 63];
    *text++ = (uint8_t)digits[bits & 63];
  }
  uint32_t bits = (uint32_t)result[30] << 10 | (uint32_t)result[31] << 2;
  *text++ = (uint8_t)digits[bits >> 12];
  *text++ = (uint8_t)digits[bits >> 6 & 63];
  *text++ = (uint8_t)digits[bits & 63];
}

int64_t loggist_certificate_end(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return -1;
  X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
  fclose(file);
  if (certificate == NULL) return -1;
  struct tm end;
  int is_read = ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end);
  X509_free(certificate);
  return is_read == 1 ? (int64_t)timegm(&end) : -1;
}
