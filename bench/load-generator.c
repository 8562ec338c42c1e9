/*
 * load-generator: closed-loop load on a line-protocol server or balancer.
 *
 *   load-generator HOST PORT WORKLOAD CONNECTIONS DEPTH SECONDS WARMUP [PIDS]
 *
 * One thread, epoll. Workloads:
 *   connect    a connection per message, CONNECTIONS clients at once
 *   ping-pong  persistent connections, DEPTH (1) messages in flight on each
 *   pipelined  the same with a deep DEPTH
 *   bulk       the same with lines of 64 KiB
 *   storm      CONNECTIONS busy ping-pong connections, and DEPTH more clients
 *              that make a connection per message
 *
 * Every reply is checked: it must be `#ID ACK from NAME` for an ID in flight on
 * that very connection, once. Persistent connections are opened, and each has
 * had one answer, before the warm-up begins; the warm-up is not counted. With
 * PIDS (`12,13`) the CPU time of those processes between the window's ends is
 * reported too, read here because here the ends are exact. Prints one line of
 * JSON; an error is counted under its kind and never stops the run by itself.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
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
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "histogram.h"

enum {
  FIRST_NUMBER = 10000000, /* numbers have 8 digits, so lines keep their length */
  LAST_NUMBER = 99999999,
  NUMBER_DIGITS = 8,
  MESSAGE_BYTES = 40,
  BULK_BYTES = 65536, /* a whole line, its ID and its newline */
  SOURCE_ADDRESSES = 32,
  OPENING_AT_ONCE = 128,
  MAX_DEPTH = 1024,
  MAX_REPLY = 160,
  INPUT = 256 * 1024,
  EVENTS = 512,
  GIVE_UP_AFTER = 10000, /* errors */
};

static const uint64_t SECOND = 1000000000ull;
static const uint64_t OPENING_LIMIT = 30 * 1000000000ull;
static const uint64_t DRAIN_LIMIT = 2 * 1000000000ull;
static const uint64_t GRACE = 20 * 1000000ull; /* for replies too many, at the end */

enum phase { OPENING, WARMING, MEASURING, DRAINING };

/* A place for one message in flight; its messages are depth numbers apart. */
struct slot {
  uint32_t number; /* of the message in flight, or of the next one */
  bool in_flight;
  uint64_t sent_at;
};

/* What a group of clients achieved within the window. */
struct tally {
  uint64_t messages;
  struct histogram latency;
};

struct client {
  int fd; /* -1 while closed */
  bool connects; /* a connection per message */
  bool parked; /* opened and answered once, waits for the warm-up */
  bool waits_for_room;
  bool refused; /* the connection was never made */
  uint32_t number, depth, in_flight;
  size_t line_length, prefix_length;
  char prefix[16]; /* `#c7-` */
  char *lines; /* depth ready-made lines, of which only the digits change */
  struct slot *slots;
  struct iovec *queue; /* what the socket has not taken yet */
  uint32_t queued;
  char partial[MAX_REPLY];
  size_t partial_length;
  struct tally *tally;
};

static struct {
  uint64_t connect, closed, malformed, unknown, duplicate, nak, unanswered;
} errors;

static struct sockaddr_in target;
static bool spread_sources;
static int loop;
static enum phase phase;
static struct client *clients;
static uint32_t client_count, persistent_count, opened, parked_count, in_flight, broken;
static struct tally persistent_tally, connecting_tally;
static char input[MAX_REPLY + INPUT];

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

static void die(const char *what) {
  fprintf(stderr, "load-generator: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) die("out of memory");
  return memory;
}

static uint64_t error_count(void) {
  return errors.connect + errors.closed + errors.malformed + errors.unknown + errors.duplicate +
         errors.nak + errors.unanswered;
}

/* ---- sending ----------------------------------------------------------- */

static void watch(struct client *client, int operation) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  if (client->waits_for_room) event.events |= EPOLLOUT;
  if (epoll_ctl(loop, operation, client->fd, &event) < 0) die("epoll_ctl");
}

static void write_digits(char *at, uint32_t number) {
  for (int digit = NUMBER_DIGITS - 1; digit >= 0; digit--, number /= 10) at[digit] = (char)('0' + number % 10);
}

/* Puts a slot's next message behind the client's queue, joining neighbours. */
static void queue_message(struct client *client, uint32_t index, uint64_t time) {
  if (client->queued == client->depth) {
    fprintf(stderr, "load-generator: a reply came before its message was sent\n");
    exit(1);
  }
  struct slot *slot = &client->slots[index];
  char *line = client->lines + index * client->line_length;
  write_digits(line + client->prefix_length, slot->number);
  slot->in_flight = true;
  slot->sent_at = time;
  client->in_flight++;
  in_flight++;
  struct iovec *last = client->queued ? &client->queue[client->queued - 1] : NULL;
  if (last && (char *)last->iov_base + last->iov_len == line) {
    last->iov_len += client->line_length;
  } else {
    client->queue[client->queued++] = (struct iovec){line, client->line_length};
  }
}

/* Writes what the socket takes. A broken socket shows itself when read. */
static void write_queue(struct client *client) {
  if (client->queued == 0) return;
  ssize_t written = writev(client->fd, client->queue, (int)client->queued);
  if (written < 0 && errno == ECONNREFUSED) client->refused = true;
  uint32_t done = 0;
  while (written > 0) {
    struct iovec *part = &client->queue[done];
    size_t taken = (size_t)written < part->iov_len ? (size_t)written : part->iov_len;
    part->iov_base = (char *)part->iov_base + taken;
    part->iov_len -= taken;
    written -= (ssize_t)taken;
    if (part->iov_len == 0) done++;
  }
  client->queued -= done;
  memmove(client->queue, client->queue + done, client->queued * sizeof *client->queue);
}

static void send_queue(struct client *client) {
  write_queue(client);
  if ((client->queued > 0) == client->waits_for_room) return;
  client->waits_for_room = client->queued > 0;
  watch(client, EPOLL_CTL_MOD);
}

/* ---- opening and closing ----------------------------------------------- */

static int connect_socket(const struct client *client) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int yes = 1;
  if (spread_sources) {
    struct sockaddr_in source = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + client->number % SOURCE_ADDRESSES);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&source, sizeof source) < 0) goto failed;
  }
  if (!client->connects) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(fd, (struct sockaddr *)&target, sizeof target) < 0 && errno != EINPROGRESS) goto failed;
  return fd;
failed:
  close(fd);
  return -1;
}

/* Opens a connection with its first message; on loopback it goes out at once. */
static void open_client(struct client *client) {
  uint64_t time = now();
  client->fd = connect_socket(client);
  if (client->fd < 0) {
    errors.connect++;
    broken++;
    return;
  }
  queue_message(client, 0, time);
  write_queue(client);
  client->waits_for_room = client->queued > 0;
  watch(client, EPOLL_CTL_ADD);
}

static void close_client(struct client *client) {
  close(client->fd);
  client->fd = -1;
  client->queued = 0;
  client->partial_length = 0;
  client->waits_for_room = client->refused = false;
  for (uint32_t index = 0; client->in_flight > 0 && index < client->depth; index++) {
    if (!client->slots[index].in_flight) continue;
    client->slots[index].in_flight = false;
    client->slots[index].number += client->depth;
    client->in_flight--;
    in_flight--;
    errors.unanswered++;
  }
}

/* A connection that ended by itself is an error; its client begins again. */
static void lose_client(struct client *client) {
  if (client->refused) errors.connect++;
  if (!client->refused) errors.closed++;
  close_client(client);
  broken++;
}

static void reopen_broken(void) {
  broken = 0;
  for (uint32_t index = 0; index < opened; index++) {
    if (clients[index].fd < 0) open_client(&clients[index]);
  }
}

/* ---- replies ----------------------------------------------------------- */

static bool starts(const char *line, const char *end, const char *word, size_t length) {
  return (size_t)(end - line) > length && memcmp(line, word, length) == 0;
}

/* Ends the message a reply is for; false if the reply is for none in flight. */
static bool settle(struct client *client, uint32_t number, uint64_t time) {
  struct slot *slot = &client->slots[(number - FIRST_NUMBER) % client->depth];
  if (number != slot->number || !slot->in_flight) {
    if (number < slot->number && number >= FIRST_NUMBER) {
      errors.duplicate++;
    } else {
      errors.unknown++;
    }
    return false;
  }
  slot->in_flight = false;
  slot->number += client->depth;
  if (slot->number > LAST_NUMBER) {
    fprintf(stderr, "load-generator: a client ran out of message numbers, measure for a shorter time\n");
    exit(1);
  }
  client->in_flight--;
  in_flight--;
  if (phase == MEASURING) {
    client->tally->messages++;
    histogram_record(&client->tally->latency, time - slot->sent_at);
  }
  return true;
}

/* Checks one reply; returns the slot it freed, or -1. */
static int take_reply(struct client *client, const char *line, const char *end, uint64_t time) {
  if (!starts(line, end, client->prefix, client->prefix_length)) {
    bool other_client = starts(line, end, "#c", 2);
    if (other_client) errors.unknown++;
    if (!other_client) errors.malformed++;
    return -1;
  }
  const char *digits = line + client->prefix_length;
  uint32_t number = 0;
  for (int digit = 0; digit < NUMBER_DIGITS; digit++) {
    unsigned value = (unsigned char)digits[digit] - '0';
    if (digits + digit >= end || value > 9) {
      errors.malformed++;
      return -1;
    }
    number = number * 10 + value;
  }
  const char *verdict = digits + NUMBER_DIGITS;
  bool refused = starts(verdict, end, " NAK from ", 10);
  if (!refused && !starts(verdict, end, " ACK from ", 10)) {
    errors.malformed++;
    return -1;
  }
  if (refused) errors.nak++;
  if (!settle(client, number, time)) return -1;
  return (int)((number - FIRST_NUMBER) % client->depth);
}

/* What an answered client does next. */
static void go_on(struct client *client, uint32_t slot, uint64_t time) {
  if (phase == DRAINING || client->connects) return;
  if (phase == OPENING) {
    if (!client->parked) parked_count++;
    client->parked = true;
    return;
  }
  queue_message(client, slot, time);
}

static void on_readable(struct client *client) {
  memcpy(input, client->partial, client->partial_length);
  ssize_t got = read(client->fd, input + client->partial_length, INPUT);
  if (got < 0 && errno == EAGAIN) return;
  if (got < 0 && errno == ECONNREFUSED) client->refused = true;
  if (got <= 0) return lose_client(client);
  uint64_t time = now();
  const char *line = input;
  const char *stop = input + client->partial_length + got;
  for (const char *end; (end = memchr(line, '\n', (size_t)(stop - line))); line = end + 1) {
    int slot = take_reply(client, line, end, time);
    if (slot >= 0) go_on(client, (uint32_t)slot, time);
  }
  client->partial_length = (size_t)(stop - line);
  if (client->partial_length > MAX_REPLY) {
    errors.malformed++;
    return lose_client(client);
  }
  memcpy(client->partial, line, client->partial_length);
  if (client->connects && client->in_flight == 0) {
    if (client->partial_length > 0) errors.malformed++;
    close_client(client);
    if (phase != DRAINING) open_client(client);
  } else {
    send_queue(client);
  }
}

/* ---- the run ----------------------------------------------------------- */

static void make_client(struct client *client, uint32_t number, bool connects, uint32_t depth, size_t bytes) {
  client->fd = -1;
  client->number = number;
  client->connects = connects;
  client->depth = depth;
  client->line_length = bytes;
  client->tally = connects ? &connecting_tally : &persistent_tally;
  client->prefix_length = (size_t)snprintf(client->prefix, sizeof client->prefix, "#c%u-", number);
  client->slots = allocate(depth, sizeof *client->slots);
  client->queue = allocate(depth, sizeof *client->queue);
  client->lines = allocate(depth, bytes);
  for (uint32_t index = 0; index < depth; index++) {
    static const char text[] = "an ordinary message, all the same to us ";
    client->slots[index].number = FIRST_NUMBER + index;
    char *line = client->lines + index * bytes;
    memcpy(line, client->prefix, client->prefix_length);
    size_t at = client->prefix_length + NUMBER_DIGITS;
    line[at++] = ' ';
    for (size_t letter = 0; at < bytes - 1; letter++) line[at++] = text[letter % (sizeof text - 1)];
    line[at] = '\n';
  }
}

static void make_clients(const char *workload, uint32_t connections, uint32_t depth) {
  bool storm = strcmp(workload, "storm") == 0;
  bool connects = strcmp(workload, "connect") == 0;
  bool bulk = strcmp(workload, "bulk") == 0;
  client_count = storm ? connections + depth : connections;
  persistent_count = connects ? 0 : connections;
  clients = allocate(client_count, sizeof *clients);
  for (uint32_t index = 0; index < client_count; index++) {
    bool one_shot = index >= persistent_count;
    uint32_t window = one_shot || storm ? 1 : depth;
    make_client(&clients[index], index, one_shot, window, bulk ? BULK_BYTES : MESSAGE_BYTES);
  }
}

/* One turn of the loop, at most 10 ms long when nothing happens. */
static void turn(void) {
  struct epoll_event events[EVENTS];
  int ready = epoll_wait(loop, events, EVENTS, 10);
  for (int index = 0; index < ready; index++) {
    struct client *client = events[index].data.ptr;
    if (client->fd < 0) continue;
    if (client->waits_for_room && (events[index].events & EPOLLOUT)) send_queue(client);
    if (events[index].events & ~EPOLLOUT) on_readable(client);
  }
  if (broken > 0 && phase != DRAINING) reopen_broken();
}

static bool is_hopeless(void) { return error_count() >= GIVE_UP_AFTER; }

/* Opens the persistent connections, a few at a time, each with one answer. */
static void open_persistent(void) {
  uint64_t limit = now() + OPENING_LIMIT;
  while (parked_count < persistent_count && now() < limit && !is_hopeless()) {
    while (opened < persistent_count && opened - parked_count < OPENING_AT_ONCE) open_client(&clients[opened++]);
    turn();
  }
  errors.connect += persistent_count - parked_count;
}

static void start_all(void) {
  uint64_t time = now();
  for (uint32_t index = 0; index < persistent_count; index++) {
    struct client *client = &clients[index];
    if (client->fd < 0 || client->in_flight > 0) continue;
    for (uint32_t slot = 0; slot < client->depth; slot++) queue_message(client, slot, time);
    send_queue(client);
  }
  while (opened < client_count) open_client(&clients[opened++]);
}

static void run_for(uint64_t duration) {
  uint64_t end = now() + duration;
  while (now() < end && !is_hopeless()) turn();
}

/* Waits for what is in flight, then a little for replies too many. */
static void drain(void) {
  uint64_t limit = now() + DRAIN_LIMIT;
  while (in_flight > 0 && now() < limit) turn();
  errors.unanswered += in_flight;
  uint64_t end = now() + GRACE;
  while (now() < end) turn();
}

/* CPU nanoseconds a process has used so far, over all its threads. */
static uint64_t process_cpu(int pid) {
  char path[320];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *threads = opendir(path);
  if (!threads) return 0;
  uint64_t sum = 0;
  for (struct dirent *entry; (entry = readdir(threads));) {
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, entry->d_name);
    FILE *file = fopen(path, "re");
    unsigned long long nanoseconds = 0;
    if (file && fscanf(file, "%llu", &nanoseconds) == 1) sum += nanoseconds;
    if (file) fclose(file);
  }
  closedir(threads);
  return sum;
}

static uint64_t cpu_of(const char *pids) {
  uint64_t sum = 0;
  for (const char *at = pids; at && *at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) sum += process_cpu(atoi(at));
  return sum;
}

static void print_tally(const struct tally *tally, double seconds) {
  printf("\"messages\":%llu,\"perSecond\":%.1f,\"p50Us\":%.1f,\"p99Us\":%.1f", (unsigned long long)tally->messages,
         (double)tally->messages / seconds, histogram_percentile(&tally->latency, 50),
         histogram_percentile(&tally->latency, 99));
}

/* The storm's figure is its new connections; its busy ones stand beside it. */
static void print_result(const char *workload, double seconds, uint64_t cpu) {
  bool storm = strcmp(workload, "storm") == 0;
  printf("{\"workload\":\"%s\",\"seconds\":%.4f,", workload, seconds);
  print_tally(storm || persistent_count == 0 ? &connecting_tally : &persistent_tally, seconds);
  if (storm) {
    printf(",\"busy\":{");
    print_tally(&persistent_tally, seconds);
    printf("}");
  }
  printf(",\"cpuNs\":%llu,\"errors\":{", (unsigned long long)cpu);
  printf("\"connect\":%llu,\"closed\":%llu,\"malformed\":%llu,", (unsigned long long)errors.connect,
         (unsigned long long)errors.closed, (unsigned long long)errors.malformed);
  printf("\"unknown\":%llu,\"duplicate\":%llu,", (unsigned long long)errors.unknown,
         (unsigned long long)errors.duplicate);
  printf("\"nak\":%llu,\"unanswered\":%llu}}\n", (unsigned long long)errors.nak,
         (unsigned long long)errors.unanswered);
}

static void measure(const char *workload, double seconds, double warmup, const char *pids) {
  open_persistent();
  start_all();
  phase = WARMING;
  run_for((uint64_t)(warmup * 1e9));
  uint64_t cpu = cpu_of(pids);
  uint64_t start = now();
  phase = MEASURING;
  run_for((uint64_t)(seconds * 1e9));
  uint64_t end = now();
  cpu = cpu_of(pids) - cpu;
  phase = DRAINING;
  drain();
  print_result(workload, (double)(end - start) / 1e9, cpu);
}

static bool known(const char *workload) {
  static const char *const workloads[] = {"connect", "ping-pong", "pipelined", "bulk", "storm"};
  for (size_t index = 0; index < sizeof workloads / sizeof *workloads; index++) {
    if (strcmp(workload, workloads[index]) == 0) return true;
  }
  return false;
}

int main(int count, char **arguments) {
  int connections = count > 4 ? atoi(arguments[4]) : 0;
  int depth = count > 5 ? atoi(arguments[5]) : 0;
  if (count < 8 || !known(arguments[3]) || connections < 1 || depth < 1 || depth > MAX_DEPTH) {
    fprintf(stderr, "usage: load-generator HOST PORT connect|ping-pong|pipelined|bulk|storm "
                    "CONNECTIONS DEPTH SECONDS WARMUP [PIDS]\n");
    return 2;
  }
  target = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[2]))};
  if (inet_pton(AF_INET, arguments[1], &target.sin_addr) != 1) die("not an IPv4 address");
  spread_sources = ntohl(target.sin_addr.s_addr) >> 24 == 127;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  loop = epoll_create1(EPOLL_CLOEXEC);
  make_clients(arguments[3], (uint32_t)connections, (uint32_t)depth);
  measure(arguments[3], atof(arguments[6]), atof(arguments[7]), count > 8 ? arguments[8] : NULL);
  return 0;
}
