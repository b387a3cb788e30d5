// Linux calls that Swift's Glibc module does not offer; each wrapper only forwards.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int clinux_accept4(int socket, int flags) {
    return accept4(socket, NULL, NULL, flags);
}

// glibc offers renameat2 only to _GNU_SOURCE, which a module importer cannot promise to come first.
static inline int clinux_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned int flags) {
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

static inline int clinux_openat(int dir, const char *path, int flags, mode_t mode) {
    return openat(dir, path, flags, mode);
}

static inline int clinux_malloc_trim(void) {
    return malloc_trim(0);
}

struct clinux_peer { pid_t pid; uid_t uid; gid_t gid; };

static inline int clinux_peer_credentials(int socket, struct clinux_peer *peer) {
    struct { pid_t pid; uid_t uid; gid_t gid; } ucred;
    socklen_t size = sizeof ucred;
    int result = getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &ucred, &size);
    peer->pid = ucred.pid; peer->uid = ucred.uid; peer->gid = ucred.gid;
    return result;
}
