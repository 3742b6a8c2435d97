/*
 * Baseline for the relay: a minimal UDP forwarder. One thread, one socket, recvmmsg and sendmmsg,
 * a hash table from sender address to peer address.
 *
 * usage: forwarder RELAY_PORT BASE_PORT CALLS
 *
 * Call i is between 127.0.0.2:BASE_PORT+i and 127.0.0.3:BASE_PORT+i. The forwarder listens on 127.0.0.1:RELAY_PORT.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, MAX_DATAGRAM = 2200, SLOTS = 4096 };

struct flow {
    uint32_t ip;
    uint16_t port;
    struct sockaddr_in peer;
};

static struct flow table[SLOTS];

static unsigned slot_of(uint32_t ip, uint16_t port) {
    return (unsigned) (((uint64_t) ip << 16 | port) * 0x9e3779b97f4a7c15ULL >> 52);
}

static void add(struct sockaddr_in from, struct sockaddr_in to) {
    unsigned slot = slot_of(from.sin_addr.s_addr, from.sin_port);
    while (table[slot].ip != 0) {
        slot = (slot + 1) % SLOTS;
    }
    table[slot] = (struct flow) {from.sin_addr.s_addr, from.sin_port, to};
}

static const struct sockaddr_in *find_peer(const struct sockaddr_in *from) {
    unsigned slot = slot_of(from->sin_addr.s_addr, from->sin_port);
    while (table[slot].ip != 0) {
        if (table[slot].ip == from->sin_addr.s_addr && table[slot].port == from->sin_port) {
            return &table[slot].peer;
        }
        slot = (slot + 1) % SLOTS;
    }
    return NULL;
}

static struct sockaddr_in address(const char *ip, int port) {
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    inet_pton(AF_INET, ip, &result.sin_addr);
    return result;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: forwarder RELAY_PORT BASE_PORT CALLS\n");
        return 2;
    }
    int calls = atoi(argv[3]);
    for (int i = 0; i < calls; i++) {
        struct sockaddr_in a = address("127.0.0.2", atoi(argv[2]) + i);
        struct sockaddr_in b = address("127.0.0.3", atoi(argv[2]) + i);
        add(a, b);
        add(b, a);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int buffer = 1 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    struct sockaddr_in self = address("127.0.0.1", atoi(argv[1]));
    if (bind(fd, (struct sockaddr *) &self, sizeof self) != 0) {
        perror("bind");
        return 3;
    }

    static char data[BATCH][MAX_DATAGRAM + 1];
    static struct sockaddr_in from[BATCH];
    static struct iovec in_part[BATCH], out_part[BATCH];
    static struct mmsghdr in[BATCH], out[BATCH];
    for (int i = 0; i < BATCH; i++) {
        in_part[i] = (struct iovec) {data[i], sizeof data[i]};
        in[i].msg_hdr = (struct msghdr) {.msg_name = &from[i], .msg_iov = &in_part[i], .msg_iovlen = 1};
    }
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            in[i].msg_hdr.msg_namelen = sizeof from[i];
        }
        int received = recvmmsg(fd, in, BATCH, MSG_WAITFORONE, NULL);
        int count = 0;
        for (int i = 0; i < received; i++) {
            const struct sockaddr_in *peer = find_peer(&from[i]);
            if (peer != NULL && in[i].msg_len > 4 && in[i].msg_len <= MAX_DATAGRAM) {
                out_part[count] = (struct iovec) {data[i], in[i].msg_len};
                out[count].msg_hdr = (struct msghdr) {.msg_name = (void *) peer, .msg_namelen = sizeof *peer,
                        .msg_iov = &out_part[count], .msg_iovlen = 1};
                count++;
            }
        }
        for (int sent = 0; sent < count;) {
            int now = sendmmsg(fd, out + sent, (unsigned) (count - sent), MSG_DONTWAIT);
            sent += now > 0 ? now : 1;
        }
    }
}
