/// What replication needs of libnats, and nothing else of it: one connection, whose messages and changes wait in one
/// queue. libnats calls from threads of its own; they end here.

#ifndef CNATS_H
#define CNATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct loggist_nats loggist_nats;

typedef struct {
  const char *_Nonnull const *_Nonnull servers;
  int server_count;
  /// How the server's own log calls this client.
  const char *_Nonnull name;
  /// Subjects of answers begin with it.
  const char *_Nonnull inbox;
  /// PEM files; NULL where the connection has no TLS.
  const char *_Nullable authority;
  const char *_Nullable certificate;
  const char *_Nullable key;
  /// Milliseconds: between two tries to connect, at first and at most, a quarter of it by chance.
  int64_t reconnect_first;
  int64_t reconnect_most;
} loggist_nats_options;

typedef enum {
  LOGGIST_NATS_MESSAGE,
  LOGGIST_NATS_CONNECTED,
  LOGGIST_NATS_DISCONNECTED,
  /// The server or the library said that something failed: `text`.
  LOGGIST_NATS_FAULT,
  /// There will be no other try: `text`.
  LOGGIST_NATS_CLOSED,
} loggist_nats_kind;

/// Borrowed: valid until the next call of `loggist_nats_next` or `loggist_nats_request`.
typedef struct {
  loggist_nats_kind kind;
  const char *_Nullable subject;
  const char *_Nullable reply;
  const void *_Nullable bytes;
  size_t length;
  /// Its header `Loggist-Segment`.
  const char *_Nullable label;
  /// Its header `Nats-Msg-Id`.
  const char *_Nullable message_id;
  /// Its header `Status`: 404, 408, 503, …; 0 without one.
  int status;
  const char *_Nullable text;
} loggist_nats_item;

/// Begins to connect, and goes on for as long as it takes. NULL where the options cannot be used: `error` says why.
loggist_nats *_Nullable loggist_nats_open(
    const loggist_nats_options *_Nonnull options, char *_Nonnull error, size_t error_length);
/// One try to connect, in a thread of its own: libnats 3.4.1 may wait for a server's part of the TLS handshake for ever.
typedef struct loggist_nats_try loggist_nats_try;
/// NULL where there is no memory or no thread.
loggist_nats_try *_Nullable loggist_nats_try_begin(const loggist_nats_options *_Nonnull options);
/// Whether it has ended; then `error` says why it failed, and is empty where it did not.
bool loggist_nats_try_ended(
    const loggist_nats_try *_Nonnull attempt, char *_Nonnull error, size_t error_length);
/// One that has not ended keeps its memory.
void loggist_nats_try_free(loggist_nats_try *_Nullable attempt);
void loggist_nats_close(loggist_nats *_Nullable connection);

/// Readable while something waits in the queue.
int loggist_nats_descriptor(const loggist_nats *_Nonnull connection);
/// Takes the next thing; false where nothing waits.
bool loggist_nats_next(loggist_nats *_Nonnull connection, loggist_nats_item *_Nonnull item);

/// 0, or a code of libnats, as everywhere here.
int loggist_nats_subscribe(loggist_nats *_Nonnull connection, const char *_Nonnull subject);

/// Hands a message to the library; what is on its way when the connection breaks may be lost. Another stream than
/// `stream`, where one is named, refuses it.
int loggist_nats_publish(
    loggist_nats *_Nonnull connection, const char *_Nonnull subject, const char *_Nullable reply,
    const char *_Nullable message_id, const char *_Nullable label, const char *_Nullable stream,
    const void *_Nullable bytes, size_t length);

/// Waits for one answer. What arrives in the meantime waits in the queue.
int loggist_nats_request(
    loggist_nats *_Nonnull connection, const char *_Nonnull subject, const void *_Nullable bytes,
    size_t length, int64_t timeout, loggist_nats_item *_Nonnull answer);

/// Of the server that it is connected to; 0 without one.
int64_t loggist_nats_max_payload(loggist_nats *_Nonnull connection);
bool loggist_nats_is_connected(loggist_nats *_Nonnull connection);
const char *_Nonnull loggist_nats_text(int code);
bool loggist_nats_is_too_large(int code);


#endif
