/// SHA-256 and the dates of certificates by OpenSSL's libcrypto, and nothing else of it: the wall that keeps its headers
/// out of Swift.

#ifndef CLIBCRYPTO_H
#define CLIBCRYPTO_H

#include <stddef.h>
#include <stdint.h>

/// A digest under way. One at a time may use it.
typedef struct loggist_sha256 loggist_sha256;

/// NULL where memory or the algorithm is missing.
loggist_sha256 *_Nullable loggist_sha256_new(void);
void loggist_sha256_free(loggist_sha256 *_Nullable digest);

/// Begins anew, whatever was done before. 0 on success, as everywhere here.
int loggist_sha256_begin(loggist_sha256 *_Nonnull digest);
int loggist_sha256_add(loggist_sha256 *_Nonnull digest, const void *_Nullable bytes, size_t length);
/// Writes 32 bytes.
int loggist_sha256_end(loggist_sha256 *_Nonnull digest, uint8_t *_Nonnull result);

/// The digest of one text at once: 32 bytes, and the same as 43 characters of base64url.
///
/// By the functions from before OpenSSL 3: what EVP does around them costs as much again as a short line.
void loggist_sha256_text(
    const void *_Nonnull bytes, size_t length, uint8_t *_Nonnull result, uint8_t *_Nonnull text);

/// Until when the first certificate of a PEM file is valid, in seconds since 1970; -1 where there is none.
int64_t loggist_certificate_end(const char *_Nonnull path);

#endif
