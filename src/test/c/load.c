/*
 * Generates load on a relay: both ends of many calls on this machine; measures the relay's CPU time.
 *
 * usage: load PID RELAY_UDP_PORT RELAY_TCP_PORT BASE_PORT CALLS PACKETS_PER_SECOND DATAGRAM_BYTES WARMUP_S MEASURE_S
 *
 * Call i is between 127.0.0.2:BASE_PORT+i and 127.0.0.3:BASE_PORT+i. With RELAY_TCP_PORT 0 nothing is registered. With
 * PACKETS_PER_SECOND 0 it sends as fast as it can. CPU time is that of all threads of PID, from their schedstat, in the
 * measured window only. The delay of a packet is from before it is sent to when Linux has it for its receiver
 * (SO_TIMESTAMPNS). Prints one line of name=value.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 16, MAX_DATAGRAM = 2200, SENT_AT = 8, MAX_DELAY_US = 50000 };

static int pid, udp_port, tcp_port, base_port, calls, rate, bytes;

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* How many packets were delayed by so many microseconds; the last is for all longer delays. */
static int64_t delays[MAX_DELAY_US + 1];

static int64_t wall_clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void count_delay(const char *data, const struct msghdr *header) {
    const struct cmsghdr *control = header->msg_controllen > 0 ? CMSG_FIRSTHDR(header) : NULL;
    if (control == NULL || control->cmsg_type != SCM_TIMESTAMPNS) {
        return;
    }
    int64_t sent_ns;
    struct timespec arrived;
    memcpy(&sent_ns, data + SENT_AT, sizeof sent_ns);
    memcpy(&arrived, CMSG_DATA(control), sizeof arrived);
    int64_t us = (arrived.tv_sec * 1000000000LL + arrived.tv_nsec - sent_ns) / 1000;
    delays[us < 0 ? 0 : us < MAX_DELAY_US ? us : MAX_DELAY_US]++;
}

/* The delay, in microseconds, that a share of the packets does not exceed. */
static int percentile(double share) {
    int64_t all = 0, below = 0;
    for (int us = 0; us <= MAX_DELAY_US; us++) {
        all += delays[us];
    }
    for (int us = 0; us <= MAX_DELAY_US; us++) {
        below += delays[us];
        if ((double) below >= share * (double) all) {
            return us;
        }
    }
    return MAX_DELAY_US;
}

static struct sockaddr_in address(const char *ip, int port) {
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    inet_pton(AF_INET, ip, &result.sin_addr);
    return result;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* On-CPU time of all threads of the process, in nanoseconds. */
static int64_t cpu_ns(void) {
    char path[320];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *threads = opendir(path);
    if (threads == NULL) {
        die(path);
    }
    int64_t sum = 0;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
        long long on_cpu = 0;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (file != NULL) {
            if (fscanf(file, "%lld", &on_cpu) == 1) {
                sum += on_cpu;
            }
            fclose(file);
        }
    }
    closedir(threads);
    return sum;
}

static void hello(const char *ip, int port, const char *target) {
    struct sockaddr_in self = address(ip, 0), relay = address("127.0.0.1", tcp_port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *) &self, sizeof self) != 0
            || connect(fd, (struct sockaddr *) &relay, sizeof relay) != 0) {
        die("control connection");
    }
    unsigned char message[64] = {'H', 'E', 'L', 'L', 'O', 0, 0, (unsigned char) (port >> 8), (unsigned char) port};
    size_t length = 9 + strlen(target);
    memcpy(message + 9, target, strlen(target));
    char reply[16] = {0};
    if (write(fd, message, length) != (ssize_t) length || shutdown(fd, SHUT_WR) != 0
            || read(fd, reply, sizeof reply - 1) < 0 || strcmp(reply, "WELCOME") != 0) {
        fprintf(stderr, "the relay answered '%s'\n", reply);
        exit(1);
    }
    close(fd);
}

static int media_socket(const char *ip, int port) {
    struct sockaddr_in self = address(ip, port), relay = address("127.0.0.1", udp_port);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int buffer = 1 << 20, on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind(fd, (struct sockaddr *) &self, sizeof self) != 0
            || connect(fd, (struct sockaddr *) &relay, sizeof relay) != 0) {
        die("media socket");
    }
    return fd;
}

static int drain(int fd) {
    static char data[BATCH][MAX_DATAGRAM];
    static struct iovec parts[BATCH];
    static struct mmsghdr messages[BATCH];
    static char controls[BATCH][64] __attribute__((aligned(8)));
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec) {data[i], sizeof data[i]};
        messages[i].msg_hdr = (struct msghdr) {.msg_iov = &parts[i], .msg_iovlen = 1, .msg_control = controls[i],
                .msg_controllen = sizeof controls[i]};
    }
    int received = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < received; i++) {
        count_delay(data[i], &messages[i].msg_hdr);
    }
    return received > 0 ? received : 0;
}

/* Sends for a time at the given rate, or as fast as possible, and receives all packets. */
static void run(const int *sockets, int64_t for_ns, int64_t *sent, int64_t *received) {
    static unsigned char datagram[MAX_DATAGRAM];
    static uint32_t sequence;
    int flows = 2 * calls, next_in = 0;
    int64_t start = now_ns(), end = start + for_ns, count = 0;
    *sent = *received = 0;
    for (int64_t now = start; now < end; now = now_ns()) {
        int64_t due = rate > 0 ? (now - start) * rate / 1000000000LL : count + BATCH;
        if (due - count > 2 * BATCH) {
            due = count + 2 * BATCH;
        }
        for (; count < due; count++) {
            if (count % flows == 0) {
                sequence++;
            }
            datagram[2] = (unsigned char) (sequence >> 8);
            datagram[3] = (unsigned char) sequence;
            int64_t sent_ns = wall_clock_ns();
            memcpy(datagram + SENT_AT, &sent_ns, sizeof sent_ns);
            *sent += send(sockets[count % flows], datagram, (size_t) bytes, MSG_DONTWAIT) == bytes;
        }
        for (int i = 0; i < 2; i++) {
            *received += drain(sockets[next_in]);
            next_in = (next_in + 1) % flows;
        }
    }
}

static int64_t drain_all(const int *sockets, int64_t for_ns) {
    int64_t received = 0, end = now_ns() + for_ns;
    while (now_ns() < end) {
        for (int i = 0; i < 2 * calls; i++) {
            received += drain(sockets[i]);
        }
        usleep(1000);
    }
    return received;
}

int main(int argc, char **argv) {
    if (argc != 10) {
        fprintf(stderr, "usage: load PID UDP_PORT TCP_PORT BASE_PORT CALLS PACKETS_PER_SECOND BYTES WARMUP_S MEASURE_S\n");
        return 2;
    }
    pid = atoi(argv[1]), udp_port = atoi(argv[2]), tcp_port = atoi(argv[3]), base_port = atoi(argv[4]);
    calls = atoi(argv[5]), rate = atoi(argv[6]), bytes = atoi(argv[7]);
    int *sockets = calloc((size_t) calls * 2, sizeof *sockets);
    for (int i = 0; i < calls; i++) {
        sockets[2 * i] = media_socket("127.0.0.2", base_port + i);
        sockets[2 * i + 1] = media_socket("127.0.0.3", base_port + i);
        if (tcp_port != 0) {
            hello("127.0.0.2", base_port + i, "127.0.0.3");
            hello("127.0.0.3", base_port + i, "127.0.0.2");
        }
    }
    int64_t sent, received;
    run(sockets, atoll(argv[8]) * 1000000000LL, &sent, &received);
    drain_all(sockets, 200000000LL);
    memset(delays, 0, sizeof delays);

    int64_t cpu_before = cpu_ns(), start = now_ns();
    run(sockets, atoll(argv[9]) * 1000000000LL, &sent, &received);
    double seconds = (double) (now_ns() - start) / 1e9;
    received += drain_all(sockets, 200000000LL);
    double cpu = (double) (cpu_ns() - cpu_before) / 1e3;
    printf("sent=%lld received=%lld lost=%lld per_second=%.0f cpu_us_per_packet=%.3f cpu_percent=%.1f"
            " p50_us=%d p99_us=%d p999_us=%d\n",
            (long long) sent, (long long) received, (long long) (sent - received), (double) received / seconds,
            received > 0 ? cpu / (double) received : 0.0, cpu / seconds / 1e4,
            percentile(0.5), percentile(0.99), percentile(0.999));
    return 0;
}
