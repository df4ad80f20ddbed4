#include "cnats.h"

#include <nats/nats.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

// One thing that happened, in the order in which it did.
struct item {
  struct item *next;
  loggist_nats_kind kind;
  natsMsg *message;
  char *text;
};

struct loggist_nats {
  natsOptions *options;
  // NULL until the library has begun to connect.
  natsConnection *connection;
  // The first try goes on, in a thread of its own.
  bool is_connecting;
  natsStatus first_status;
  natsSubscription **subscriptions;
  int subscription_count;
  // -1 once whoever opened it has closed it.
  int descriptor;
  int64_t reconnect_first, reconnect_most;
  unsigned chance;
  pthread_mutex_t lock;
  struct item *first, *last;
  // What the caller looks at.
  struct item *current;
  natsMsg *answer;
  char error[256];
};

static void free_item(struct item *item) {
  if (item == NULL) return;
  natsMsg_Destroy(item->message);
  free(item->text);
  free(item);
}

static void put(loggist_nats *nats, loggist_nats_kind kind, natsMsg *message, const char *text) {
  struct item *item = calloc(1, sizeof *item);
  if (item == NULL) {
    // Lost like a message on the wire: it comes again.
    natsMsg_Destroy(message);
    return;
  }
  item->kind = kind;
  item->message = message;
  item->text = text != NULL ? strdup(text) : NULL;
  pthread_mutex_lock(&nats->lock);
  if (nats->descriptor < 0) {
    pthread_mutex_unlock(&nats->lock);
    free_item(item);
    return;
  }
  bool was_empty = nats->first == NULL;
  if (was_empty) {
    nats->first = item;
  } else {
    nats->last->next = item;
  }
  nats->last = item;
  if (was_empty) {
    // It does not wait: under the lock the descriptor is nobody else's.
    uint64_t one = 1;
    ssize_t written = write(nats->descriptor, &one, sizeof one);
    (void)written;
  }
  pthread_mutex_unlock(&nats->lock);
}

// MARK: What libnats calls, from its own threads

static void on_message(
    natsConnection *connection, natsSubscription *subscription, natsMsg *message, void *closure) {
  put(closure, LOGGIST_NATS_MESSAGE, message, NULL);
}

static void on_connected(natsConnection *connection, void *closure) {
  put(closure, LOGGIST_NATS_CONNECTED, NULL, NULL);
}

static void keep_error(loggist_nats *nats, natsConnection *connection) {
  const char *text = NULL;
  natsConnection_GetLastError(connection, &text);
  if (text == NULL || text[0] == '\0') return;
  pthread_mutex_lock(&nats->lock);
  snprintf(nats->error, sizeof nats->error, "%s", text);
  pthread_mutex_unlock(&nats->lock);
}

static void on_disconnected(natsConnection *connection, void *closure) {
  keep_error(closure, connection);
  put(closure, LOGGIST_NATS_DISCONNECTED, NULL, NULL);
}

static void on_closed(natsConnection *connection, void *closure) {
  loggist_nats *nats = closure;
  keep_error(nats, connection);
  char text[sizeof nats->error];
  pthread_mutex_lock(&nats->lock);
  memcpy(text, nats->error, sizeof text);
  pthread_mutex_unlock(&nats->lock);
  put(nats, LOGGIST_NATS_CLOSED, NULL, text);
}

static void on_error(
    natsConnection *connection, natsSubscription *subscription, natsStatus error, void *closure) {
  keep_error(closure, connection);
  const char *text = NULL;
  natsConnection_GetLastError(connection, &text);
  put(closure, LOGGIST_NATS_FAULT, NULL,
      text != NULL && text[0] != '\0' ? text : natsStatus_GetText(error));
}

static int64_t reconnect_delay(natsConnection *connection, int tries, void *closure) {
  loggist_nats *nats = closure;
  keep_error(nats, connection);
  int64_t delay = nats->reconnect_first << (tries < 10 ? tries : 10);
  if (delay > nats->reconnect_most) delay = nats->reconnect_most;
  return delay - (int64_t)(rand_r(&nats->chance) % (unsigned)(delay / 4 + 1));
}

// MARK: The connection

static natsStatus set_options(
    loggist_nats *nats, const loggist_nats_options *wanted, bool goes_on) {
  natsStatus status = natsOptions_Create(&nats->options);
  natsOptions *options = nats->options;
#define SET(call) \
  do { \
    if (status == NATS_OK) status = (call); \
  } while (false)
  SET(natsOptions_SetServers(options, (const char **)wanted->servers, wanted->server_count));
  SET(natsOptions_SetName(options, wanted->name));
  SET(natsOptions_SetCustomInboxPrefix(options, wanted->inbox));
  SET(natsOptions_SetTimeout(options, 3000));
  SET(natsOptions_SetMaxReconnect(options, -1));
  SET(natsOptions_SetCustomReconnectDelay(options, reconnect_delay, nats));
  if (goes_on) SET(natsOptions_SetRetryOnFailedConnect(options, true, on_connected, nats));
  // A connection that was cut is given up after four to six seconds; TCP by itself takes longer the longer the cut was.
  SET(natsOptions_SetPingInterval(options, 2000));
  SET(natsOptions_SetMaxPingsOut(options, 2));
  SET(natsOptions_SetWriteDeadline(options, 5000));
  SET(natsOptions_SetFailRequestsOnDisconnect(options, true));
  // The outbox knows what was not acknowledged; a second copy in the library would be sent twice.
  SET(natsOptions_SetReconnectBufSize(options, 1));
  SET(natsOptions_SetErrorHandler(options, on_error, nats));
  SET(natsOptions_SetClosedCB(options, on_closed, nats));
  SET(natsOptions_SetDisconnectedCB(options, on_disconnected, nats));
  SET(natsOptions_SetReconnectedCB(options, on_connected, nats));
  // By itself the library takes `tls://` for an address like any other.
  for (int index = 0; index < wanted->server_count; ++index) {
    if (strncasecmp(wanted->servers[index], "tls://", 6) == 0) SET(natsOptions_SetSecure(options, true));
  }
  if (wanted->authority != NULL) {
    SET(natsOptions_SetSecure(options, true));
    SET(natsOptions_LoadCATrustedCertificates(options, wanted->authority));
  }
  if (wanted->certificate != NULL) {
    SET(natsOptions_SetSecure(options, true));
    SET(natsOptions_LoadCertificatesChain(options, wanted->certificate, wanted->key));
  }
#undef SET
  return status;
}

static loggist_nats *make(const loggist_nats_options *options) {
  loggist_nats *nats = calloc(1, sizeof *nats);
  if (nats == NULL) return NULL;
  pthread_mutex_init(&nats->lock, NULL);
  nats->descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  nats->reconnect_first = options->reconnect_first;
  nats->reconnect_most = options->reconnect_most;
  nats->chance = (unsigned)getpid();
  return nats;
}

static void describe_failure(natsStatus status, char *error, size_t error_length) {
  natsStatus last = NATS_OK;
  const char *text = nats_GetLastError(&last);
  snprintf(
      error, error_length, "%s",
      text != NULL && text[0] != '\0' ? text : natsStatus_GetText(status));
}

// Milliseconds for which whoever opens a connection waits for the first try.
static const int FIRST_PATIENCE = 5000;

static natsConnection *connection_of(loggist_nats *nats) {
  pthread_mutex_lock(&nats->lock);
  natsConnection *connection = nats->connection;
  pthread_mutex_unlock(&nats->lock);
  return connection;
}

static bool is_connecting(loggist_nats *nats) {
  pthread_mutex_lock(&nats->lock);
  bool is_connecting = nats->is_connecting;
  pthread_mutex_unlock(&nats->lock);
  return is_connecting;
}

// The library makes the first try in its caller's thread, and may not come back from a TLS handshake.
static void *connect_first(void *closure) {
  loggist_nats *nats = closure;
  natsConnection *connection = NULL;
  natsStatus status = natsConnection_Connect(&connection, nats->options);
  char error[sizeof nats->error] = "";
  if (status != NATS_OK) describe_failure(status, error, sizeof error);
  pthread_mutex_lock(&nats->lock);
  nats->connection = connection;
  nats->first_status = status;
  if (status != NATS_OK) memcpy(nats->error, error, sizeof error);
  pthread_mutex_unlock(&nats->lock);
  if (status == NATS_OK) put(nats, LOGGIST_NATS_CONNECTED, NULL, NULL);
  pthread_mutex_lock(&nats->lock);
  nats->is_connecting = false;
  bool is_wanted = nats->descriptor >= 0;
  pthread_mutex_unlock(&nats->lock);
  // Whoever opened it has gone meanwhile.
  if (!is_wanted) natsConnection_Destroy(connection);
  return NULL;
}

loggist_nats *loggist_nats_open(
    const loggist_nats_options *options, char *error, size_t error_length) {
  loggist_nats *nats = make(options);
  if (nats == NULL) {
    snprintf(error, error_length, "out of memory");
    return NULL;
  }
  natsStatus status = set_options(nats, options, true);
  if (status != NATS_OK) {
    describe_failure(status, error, error_length);
    loggist_nats_close(nats);
    return NULL;
  }
  nats->is_connecting = true;
  pthread_t thread;
  if (pthread_create(&thread, NULL, connect_first, nats) != 0) {
    nats->is_connecting = false;
    snprintf(error, error_length, "no thread");
    loggist_nats_close(nats);
    return NULL;
  }
  pthread_detach(thread);
  // Mostly it takes milliseconds; what hangs is left to itself.
  for (int waited = 0; waited < FIRST_PATIENCE && is_connecting(nats); waited += 5) usleep(5000);
  if (is_connecting(nats) || nats->first_status == NATS_OK || nats->first_status == NATS_NOT_YET_CONNECTED) {
    return nats;
  }
  snprintf(error, error_length, "%s", nats->error);
  loggist_nats_close(nats);
  return NULL;
}

struct loggist_nats_try {
  loggist_nats *nats;
  char error[256];
  atomic_bool ended;
};

static void *try_once(void *closure) {
  loggist_nats_try *attempt = closure;
  natsStatus status = natsConnection_Connect(&attempt->nats->connection, attempt->nats->options);
  if (status != NATS_OK) describe_failure(status, attempt->error, sizeof attempt->error);
  loggist_nats_close(attempt->nats);
  atomic_store(&attempt->ended, true);
  return NULL;
}

loggist_nats_try *loggist_nats_try_begin(const loggist_nats_options *options) {
  loggist_nats_try *attempt = calloc(1, sizeof *attempt);
  if (attempt == NULL) return NULL;
  attempt->nats = make(options);
  if (attempt->nats == NULL) {
    free(attempt);
    return NULL;
  }
  natsStatus status = set_options(attempt->nats, options, false);
  pthread_t thread;
  if (status != NATS_OK) {
    describe_failure(status, attempt->error, sizeof attempt->error);
    loggist_nats_close(attempt->nats);
    atomic_store(&attempt->ended, true);
  } else if (pthread_create(&thread, NULL, try_once, attempt) == 0) {
    pthread_detach(thread);
  } else {
    loggist_nats_close(attempt->nats);
    free(attempt);
    return NULL;
  }
  return attempt;
}

bool loggist_nats_try_ended(const loggist_nats_try *attempt, char *error, size_t error_length) {
  if (!atomic_load(&attempt->ended)) return false;
  snprintf(error, error_length, "%s", attempt->error);
  return true;
}

void loggist_nats_try_free(loggist_nats_try *attempt) {
  if (attempt != NULL && atomic_load(&attempt->ended)) free(attempt);
}

// From here on nothing is put into the queue, and nothing waits in it. Says whether the first try still goes on.
static bool close_queue(loggist_nats *nats) {
  pthread_mutex_lock(&nats->lock);
  struct item *rest = nats->first;
  nats->first = nats->last = NULL;
  close(nats->descriptor);
  nats->descriptor = -1;
  bool is_connecting = nats->is_connecting;
  pthread_mutex_unlock(&nats->lock);
  free_item(nats->current);
  nats->current = NULL;
  while (rest != NULL) {
    struct item *next = rest->next;
    free_item(rest);
    rest = next;
  }
  return is_connecting;
}

void loggist_nats_close(loggist_nats *nats) {
  if (nats == NULL) return;
  // A thread that hangs has it for good, but for what is the process's and not to be used up.
  if (close_queue(nats)) return;
  if (nats->connection == NULL) {
    natsOptions_Destroy(nats->options);
    pthread_mutex_destroy(&nats->lock);
    free(nats);
    return;
  }
  natsConnection_FlushTimeout(nats->connection, 500);
  for (int place = 0; place < nats->subscription_count; place++) {
    natsSubscription_Unsubscribe(nats->subscriptions[place]);
    natsSubscription_Destroy(nats->subscriptions[place]);
  }
  natsConnection_Close(connection_of(nats));
  natsConnection_Destroy(connection_of(nats));
  natsOptions_Destroy(nats->options);
  natsMsg_Destroy(nats->answer);
  free(nats->subscriptions);
  // The library's threads may still call, and to wait for their end takes OpenSSL from the rest of the process with them:
  // what they look at, and nothing else, stays until the process ends.
}

int loggist_nats_descriptor(const loggist_nats *nats) { return nats->descriptor; }

static void describe(natsMsg *message, loggist_nats_item *item) {
  item->subject = natsMsg_GetSubject(message);
  item->reply = natsMsg_GetReply(message);
  item->bytes = natsMsg_GetData(message);
  item->length = (size_t)natsMsg_GetDataLength(message);
  const char *value = NULL;
  if (natsMsgHeader_Get(message, "Loggist-Segment", &value) == NATS_OK) item->label = value;
  if (natsMsgHeader_Get(message, "Nats-Msg-Id", &value) == NATS_OK) item->message_id = value;
  if (natsMsgHeader_Get(message, "Status", &value) == NATS_OK) item->status = atoi(value);
  if (natsMsgHeader_Get(message, "Description", &value) == NATS_OK) item->text = value;
}

bool loggist_nats_next(loggist_nats *nats, loggist_nats_item *item) {
  free_item(nats->current);
  pthread_mutex_lock(&nats->lock);
  nats->current = nats->first;
  if (nats->current != NULL) {
    nats->first = nats->current->next;
    if (nats->first == NULL) nats->last = NULL;
  }
  if (nats->first == NULL) {
    uint64_t count;
    ssize_t got = read(nats->descriptor, &count, sizeof count);
    (void)got;
  }
  pthread_mutex_unlock(&nats->lock);
  memset(item, 0, sizeof *item);
  if (nats->current == NULL) return false;
  item->kind = nats->current->kind;
  if (nats->current->message != NULL) {
    describe(nats->current->message, item);
  } else {
    item->text = nats->current->text;
  }
  return true;
}

int loggist_nats_subscribe(loggist_nats *nats, const char *subject) {
  natsSubscription **more = realloc(
      nats->subscriptions, sizeof *more * (size_t)(nats->subscription_count + 1));
  if (more == NULL) return NATS_NO_MEMORY;
  nats->subscriptions = more;
  natsSubscription *subscription = NULL;
  natsStatus status =
      natsConnection_Subscribe(&subscription, connection_of(nats), subject, on_message, nats);
  if (status != NATS_OK) return (int)status;
  // What was asked for is bounded by who asked.
  natsSubscription_SetPendingLimits(subscription, -1, -1);
  nats->subscriptions[nats->subscription_count++] = subscription;
  return NATS_OK;
}

int loggist_nats_publish(
    loggist_nats *nats, const char *subject, const char *reply, const char *message_id,
    const char *label, const char *stream, const void *bytes, size_t length) {
  natsMsg *message = NULL;
  natsStatus status = natsMsg_Create(&message, subject, reply, bytes, (int)length);
  if (status == NATS_OK && message_id != NULL)
    status = natsMsgHeader_Set(message, "Nats-Msg-Id", message_id);
  if (status == NATS_OK && label != NULL)
    status = natsMsgHeader_Set(message, "Loggist-Segment", label);
  if (status == NATS_OK && stream != NULL)
    status = natsMsgHeader_Set(message, "Nats-Expected-Stream", stream);
  if (status == NATS_OK) status = natsConnection_PublishMsg(connection_of(nats), message);
  natsMsg_Destroy(message);
  return (int)status;
}

int loggist_nats_request(
    loggist_nats *nats, const char *subject, const void *bytes, size_t length, int64_t timeout,
    loggist_nats_item *answer) {
  natsMsg_Destroy(nats->answer);
  nats->answer = NULL;
  memset(answer, 0, sizeof *answer);
  natsStatus status = natsConnection_Request(
      &nats->answer, connection_of(nats), subject, bytes, (int)length, timeout);
  if (status == NATS_OK) describe(nats->answer, answer);
  return (int)status;
}

int64_t loggist_nats_max_payload(loggist_nats *nats) {
  return natsConnection_GetMaxPayload(connection_of(nats));
}

bool loggist_nats_is_connected(loggist_nats *nats) {
  return natsConnection_Status(connection_of(nats)) == NATS_CONN_STATUS_CONNECTED;
}

const char *loggist_nats_text(int code) { return natsStatus_GetText((natsStatus)code); }

bool loggist_nats_is_too_large(int code) { return code == NATS_MAX_PAYLOAD; }
