/*
 * ack-server: a server that is never the bottleneck of a measurement.
 *
 *   ack-server PORT NAME [--no-trunk]
 *
 * One thread, epoll, one write per read. A line `[#ID ]TEXT` is answered
 * `[#ID ]ACK from NAME`, `PING` is answered `PONG from NAME trunk/1`. A
 * connection that opens with `TRUNK` carries frames `B SLOT LEN\n` + LEN bytes
 * of whole lines, each answered by one frame of the same slot. With --no-trunk
 * it announces and speaks the plain protocol only. PORT 0 takes a free port;
 * the first line on stdout is `listening PORT`, at SIGTERM the last is
 * `acked COUNT`.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  MAX_LINE = 65536,
  MAX_ID = 64,
  HEAD = MAX_ID + 8,     /* as much of a line as is ever looked at */
  MAX_HEADER = 40,       /* `B SLOT LEN\n` */
  LENGTH_DIGITS = 8,     /* LEN of an answer is zero-padded, then patched */
  INPUT = 256 * 1024,
  EVENTS = 512,
  MAX_CONNECTIONS = 1 << 20,
};

enum mode { UNDECIDED, PLAIN, TRUNK };

struct connection {
  enum mode mode;
  bool finished;
  /* the line under way, when a read ended inside it */
  char head[HEAD];
  size_t head_length, line_length;
  /* the trunk frame under way */
  char header[MAX_HEADER];
  size_t header_length, frame_left;
  bool in_frame;
  size_t answer_at; /* where its answer begins in the output */
  /* answers of an unfinished frame, or bytes the socket had no room for */
  char *held;
  size_t held_length;
  bool waits_for_room;
};

static struct {
  char *bytes;
  size_t length, capacity;
} output;

struct text {
  char bytes[128];
  size_t length;
};

static struct text ack, too_long, pong; /* the ends of the replies */
static bool speaks_trunk = true;
static unsigned long long acked;
static volatile sig_atomic_t ends;
static int loop;
static struct connection *connections;
static size_t connection_limit;
static char input[INPUT];
static bool id_character[256];

static void die(const char *what) {
  fprintf(stderr, "ack-server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void put(const char *bytes, size_t length) {
  if (output.length + length > output.capacity) {
    output.capacity = (output.length + length) * 2;
    output.bytes = realloc(output.bytes, output.capacity);
    if (!output.bytes) die("out of memory");
  }
  memcpy(output.bytes + output.length, bytes, length);
  output.length += length;
}

static void put_text(const struct text *text) { put(text->bytes, text->length); }

/* ---- lines ------------------------------------------------------------- */

/* Length of `#ID ` at the start of a line, 0 when it bears no ID. */
static size_t id_length(const char *line, size_t length) {
  if (length < 3 || line[0] != '#') return 0;
  size_t at = 1;
  while (at < length && id_character[(unsigned char)line[at]]) at++;
  bool well_formed = at > 1 && at <= MAX_ID + 1 && at < length && line[at] == ' ';
  return well_formed ? at + 1 : 0;
}

static bool is(const char *line, size_t length, const char *word) {
  return length == strlen(word) && memcmp(line, word, length) == 0;
}

/* Answers one line; `known` is how much of its `length` bytes is at hand. */
static bool answer(struct connection *connection, const char *line, size_t known, size_t length) {
  if (length > 0 && length == known && line[length - 1] == '\r') known = --length;
  bool first = connection->mode == UNDECIDED;
  if (first) connection->mode = PLAIN;
  if (first && speaks_trunk && is(line, length, "TRUNK")) {
    connection->mode = TRUNK;
    return true;
  }
  size_t id = id_length(line, known);
  if (id == 0 && is(line, length, "PING")) {
    put_text(&pong);
    return true;
  }
  put(line, id);
  put_text(length > MAX_LINE ? &too_long : &ack);
  if (length <= MAX_LINE) acked++;
  return length <= MAX_LINE;
}

static void keep_head(struct connection *connection, const char *bytes, size_t length) {
  size_t room = HEAD - connection->head_length;
  size_t kept = length < room ? length : room;
  memcpy(connection->head + connection->head_length, bytes, kept);
  connection->head_length += kept;
  connection->line_length += length;
}

static bool answer_kept(struct connection *connection) {
  bool goes_on = answer(connection, connection->head, connection->head_length, connection->line_length);
  connection->head_length = connection->line_length = 0;
  return goes_on;
}

/* Takes one line or a part of one; returns the bytes taken, 0 to close. */
static size_t take_line(struct connection *connection, const char *bytes, size_t length) {
  const char *end = memchr(bytes, '\n', length);
  size_t part = end ? (size_t)(end - bytes) : length;
  if (end && connection->line_length == 0) {
    return answer(connection, bytes, part, part) ? part + 1 : 0;
  }
  keep_head(connection, bytes, part);
  if (!end && connection->line_length <= MAX_LINE) return part;
  return answer_kept(connection) ? part + 1 : 0;
}

/* ---- the trunk --------------------------------------------------------- */

static void open_answer(struct connection *connection, const char *slot, size_t slot_length) {
  connection->answer_at = output.length;
  put("B ", 2);
  put(slot, slot_length);
  put(" 00000000\n", LENGTH_DIGITS + 2);
}

static void close_answer(struct connection *connection) {
  char *start = output.bytes + connection->answer_at;
  char *newline = memchr(start, '\n', output.length - connection->answer_at);
  size_t length = output.length - (size_t)(newline + 1 - output.bytes);
  for (char *digit = newline - 1; length > 0; digit--, length /= 10) *digit = (char)('0' + length % 10);
  connection->in_frame = false;
}

/* Reads `B SLOT LEN`, which may arrive in pieces; 0 closes the connection. */
static size_t take_header(struct connection *connection, const char *bytes, size_t length) {
  const char *end = memchr(bytes, '\n', length);
  size_t part = end ? (size_t)(end - bytes) : length;
  if (connection->header_length + part >= MAX_HEADER) return 0;
  memcpy(connection->header + connection->header_length, bytes, part);
  connection->header_length += part;
  if (!end) return part;
  connection->header[connection->header_length] = 0;
  connection->header_length = 0;
  unsigned long long frame;
  char slot[24];
  if (sscanf(connection->header, "B %20[0-9] %8llu", slot, &frame) != 2) return 0;
  open_answer(connection, slot, strlen(slot));
  connection->frame_left = frame;
  connection->in_frame = true;
  if (frame == 0) close_answer(connection);
  return part + 1;
}

static size_t take_frame(struct connection *connection, const char *bytes, size_t length) {
  if (!connection->in_frame) return take_header(connection, bytes, length);
  size_t within = length < connection->frame_left ? length : connection->frame_left;
  size_t taken = take_line(connection, bytes, within);
  if (taken == 0) return 0;
  connection->frame_left -= taken;
  if (connection->frame_left == 0) {
    if (connection->line_length > 0) answer_kept(connection);
    close_answer(connection);
  }
  return taken;
}

/* ---- connections ------------------------------------------------------- */

static void end(int signal) {
  (void)signal;
  ends = 1;
}

static void watch(int fd, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  if (epoll_ctl(loop, operation, fd, &event) < 0) die("epoll_ctl");
}

static void close_connection(int fd) {
  free(connections[fd].held);
  memset(&connections[fd], 0, sizeof connections[fd]);
  close(fd);
}

static void hold(struct connection *connection, const char *bytes, size_t length) {
  connection->held = malloc(length);
  if (!connection->held) die("out of memory");
  memcpy(connection->held, bytes, length);
  connection->held_length = length;
}

/* Writes at most `length` bytes of the output; the rest waits for room. */
static void write_output(int fd, size_t length) {
  struct connection *connection = &connections[fd];
  ssize_t written = length == 0 ? 0 : write(fd, output.bytes, length);
  if (written < 0 && errno != EAGAIN) return close_connection(fd);
  if (written < 0) written = 0;
  bool short_write = (size_t)written < length;
  if (short_write != connection->waits_for_room) {
    watch(fd, EPOLL_CTL_MOD, short_write ? EPOLLOUT : EPOLLIN);
    connection->waits_for_room = short_write;
  }
  size_t left = output.length - (size_t)written;
  if (left > 0) {
    hold(connection, output.bytes + written, left);
    connection->answer_at -= (size_t)written;
  } else if (connection->finished) {
    close_connection(fd);
  }
}

static void start_output(struct connection *connection) {
  output.length = 0;
  if (!connection->held) return;
  put(connection->held, connection->held_length);
  free(connection->held);
  connection->held = NULL;
}

/* Everything before an unfinished frame's answer may go out now. */
static size_t ready_output(const struct connection *connection) {
  return connection->in_frame && !connection->finished ? connection->answer_at : output.length;
}

static void on_readable(int fd) {
  struct connection *connection = &connections[fd];
  ssize_t got = read(fd, input, sizeof input);
  if (got < 0 && errno == EAGAIN) return;
  if (got < 0) return close_connection(fd);
  start_output(connection);
  if (got == 0) {
    connection->finished = true;
    if (connection->mode != TRUNK && connection->line_length > 0) answer_kept(connection);
  }
  for (size_t at = 0; at < (size_t)got;) {
    bool framed = connection->mode == TRUNK;
    const char *bytes = input + at;
    size_t length = (size_t)got - at;
    size_t taken = framed ? take_frame(connection, bytes, length) : take_line(connection, bytes, length);
    if (taken == 0) {
      connection->finished = true;
      break;
    }
    at += taken;
  }
  write_output(fd, ready_output(connection));
}

static void on_writable(int fd) {
  start_output(&connections[fd]);
  write_output(fd, ready_output(&connections[fd]));
}

static void on_listener(int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    if ((size_t)fd >= connection_limit) {
      close(fd);
      continue;
    }
    watch(fd, EPOLL_CTL_ADD, EPOLLIN);
  }
}

/* ---- start ------------------------------------------------------------- */

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  /* Inherited by accepted sockets, so it costs no call per connection. */
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
  if (listen(listener, 4096) < 0) die("listen");
  socklen_t length = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

static struct text reply(const char *before, const char *name, const char *after) {
  struct text text;
  text.length = (size_t)snprintf(text.bytes, sizeof text.bytes, "%s from %s%s\n", before, name, after);
  return text;
}

static void prepare(const char *name) {
  ack = reply("ACK", name, "");
  too_long = reply("NAK", name, ": too-long");
  pong = reply("PONG", name, speaks_trunk ? " trunk/1" : "");
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  connection_limit = files.rlim_max < MAX_CONNECTIONS ? files.rlim_max : MAX_CONNECTIONS;
  connections = calloc(connection_limit, sizeof *connections);
  if (!connections) die("out of memory");
  for (const char *c = "_:-."; *c; c++) id_character[(unsigned char)*c] = true;
  for (int c = 0; c < 256; c++) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9')) id_character[c] = true;
  }
  signal(SIGPIPE, SIG_IGN);
  sigaction(SIGTERM, &(struct sigaction){.sa_handler = end}, NULL);
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: ack-server PORT NAME [--no-trunk]\n");
    return 2;
  }
  if (strlen(arguments[2]) > 64) {
    fprintf(stderr, "ack-server: a name has at most 64 characters\n");
    return 2;
  }
  if (count > 3 && strcmp(arguments[3], "--no-trunk") == 0) speaks_trunk = false;
  prepare(arguments[2]);
  loop = epoll_create1(EPOLL_CLOEXEC);
  int listener = listen_on(atoi(arguments[1]));
  watch(listener, EPOLL_CTL_ADD, EPOLLIN);
  struct epoll_event events[EVENTS];
  while (!ends) {
    int ready = epoll_wait(loop, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        on_listener(listener);
      } else if (events[i].events & EPOLLOUT) {
        on_writable(fd);
      } else {
        on_readable(fd);
      }
    }
  }
  printf("acked %llu\n", acked);
  return 0;
}
