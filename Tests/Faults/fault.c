// Makes one step of delivery fail, or the process die at it: a library to preload.
//
//     FAULT_SPOOL=PATH  FAULT_LEDGER=PATH   what lies below counts, nothing else does
//     FAULT=STEP:NTH:ACTION                 kill (before the call), after (kill when it has returned), short (a write that
//                                           takes half), or an errno; NTH counts from 1, and "NTH+" goes on from there
//     FAULT_LOG=FILE                        gets the step at which it struck; FAULT_COUNTS=FILE how often each was passed
//
// Steps: stat room open mode write sync close rename folder-sync unlink, ledger-write ledger-sync.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const names[] = {"stat", "room", "open", "mode", "write", "sync", "close", "rename", "folder-sync",
                                    "unlink", "ledger-write", "ledger-sync"};
enum step { STAT, ROOM, OPEN, MODE, WRITE, SYNC, CLOSE, RENAME, FOLDER_SYNC, UNLINK, LEDGER_WRITE, LEDGER_SYNC, STEPS, NONE };

static atomic_int counts[STEPS];
static const char *spool, *ledger;
static enum step struck = NONE;
static int nth, goes_on, action; // action: an errno, or one of these
enum { KILL = -1, AFTER = -2, SHORT = -3 };

__attribute__((constructor)) static void begin(void) {
    spool = getenv("FAULT_SPOOL");
    ledger = getenv("FAULT_LEDGER");
    const char *fault = getenv("FAULT");
    char step[32], number[16], what[16];
    if (!fault || sscanf(fault, "%31[^:]:%15[^:]:%15s", step, number, what) != 3) return;
    for (int index = 0; index < STEPS; index++)
        if (!strcmp(names[index], step)) struck = index;
    nth = atoi(number);
    goes_on = strchr(number, '+') != NULL;
    action = !strcmp(what, "kill") ? KILL : !strcmp(what, "after") ? AFTER : !strcmp(what, "short") ? SHORT : atoi(what);
}

__attribute__((destructor)) static void end(void) {
    const char *file = getenv("FAULT_COUNTS");
    FILE *out = file ? fopen(file, "a") : NULL;
    if (!out) return;
    for (int index = 0; index < STEPS; index++) fprintf(out, "%s %d\n", names[index], atomic_load(&counts[index]));
    fclose(out);
}

static int is_below(const char *path, const char *folder) {
    return folder && !strncmp(path, folder, strlen(folder));
}

// What an open descriptor is: 's' a file or folder of the spool, 'l' a file of the ledger, 0 anything else.
static char kind(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (is_below(path, spool)) return strstr(path, "/inbox/") || strstr(path, ".reserve") ? 0 : 's';
    return is_below(path, ledger) ? 'l' : 0;
}

static void die(void) {
    const char *file = getenv("FAULT_LOG");
    int log = file ? syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
    if (log >= 0) {
        char line[40];
        int length = snprintf(line, sizeof line, "%s\n", names[struck]);
        syscall(SYS_write, log, line, length);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

// Whether this call is the one; a kill before it does not return.
static int strikes(enum step step) {
    if (step == NONE) return 0;
    int count = atomic_fetch_add(&counts[step], 1) + 1;
    if (step != struck || (goes_on ? count < nth : count != nth)) return 0;
    if (action == KILL) die();
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define CARRY_OUT(step, failure, call)                                                                                   \
    int strikes_now = strikes(step);                                                                                     \
    if (strikes_now && action > 0) { errno = action; return failure; }                                                   \
    __typeof__(call) result = (call);                                                                                    \
    if (strikes_now && action == AFTER) die();                                                                           \
    return result

int fstatat(int folder, const char *restrict name, struct stat *restrict out, int flags) {
    REAL(fstatat);
    int counts = folder == AT_FDCWD ? is_below(name, spool) : kind(folder) == 's';
    CARRY_OUT(counts ? STAT : NONE, -1, real(folder, name, out, flags));
}

int fstatvfs(int descriptor, struct statvfs *out) {
    REAL(fstatvfs);
    CARRY_OUT(kind(descriptor) == 's' ? ROOM : NONE, -1, real(descriptor, out));
}

static int open_in(int (*real)(int, const char *, int, ...), int folder, const char *name, int flags, mode_t mode) {
    int counts = (flags & O_CREAT) && kind(folder) == 's' && strncmp(name, "heartbeat", 9) && strcmp(name, ".reserve");
    CARRY_OUT(counts ? OPEN : NONE, -1, real(folder, name, flags, mode));
}

int openat(int folder, const char *name, int flags, ...) {
    REAL(openat);
    __builtin_va_list list;
    __builtin_va_start(list, flags);
    mode_t mode = flags & O_CREAT ? __builtin_va_arg(list, mode_t) : 0;
    __builtin_va_end(list);
    return open_in(real, folder, name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...) {
    REAL(openat64);
    __builtin_va_list list;
    __builtin_va_start(list, flags);
    mode_t mode = flags & O_CREAT ? __builtin_va_arg(list, mode_t) : 0;
    __builtin_va_end(list);
    return open_in(real, folder, name, flags, mode);
}

static int is_file(int descriptor) {
    struct stat status;
    return !fstat(descriptor, &status) && S_ISREG(status.st_mode);
}

static int is_notice(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return kind(descriptor) == 's' && is_file(descriptor) && !strstr(path, "heartbeat");
}

int fchmod(int descriptor, mode_t mode) {
    REAL(fchmod);
    CARRY_OUT(is_notice(descriptor) ? MODE : NONE, -1, real(descriptor, mode));
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    int strikes_now = strikes(is_notice(descriptor) ? WRITE : kind(descriptor) == 'l' ? LEDGER_WRITE : NONE);
    if (strikes_now && action > 0) { errno = action; return -1; }
    ssize_t result = real(descriptor, bytes, strikes_now && action == SHORT ? (count + 1) / 2 : count);
    if (strikes_now && action == AFTER) die();
    return result;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    CARRY_OUT(kind(descriptor) == 'l' ? LEDGER_WRITE : NONE, -1, real(descriptor, bytes, count, offset));
}

int fsync(int descriptor) {
    REAL(fsync);
    char what = kind(descriptor);
    CARRY_OUT(what == 's' ? is_file(descriptor) ? SYNC : FOLDER_SYNC : what == 'l' ? LEDGER_SYNC : NONE, -1,
              real(descriptor));
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    CARRY_OUT(kind(descriptor) == 'l' ? LEDGER_SYNC : NONE, -1, real(descriptor));
}

int close(int descriptor) {
    REAL(close);
    enum step step = is_notice(descriptor) ? CLOSE : NONE;
    int strikes_now = strikes(step);
    // Linux closes also when it complains.
    int result = real(descriptor);
    if (strikes_now && action == AFTER) die();
    if (strikes_now && action > 0) { errno = action; return -1; }
    return result;
}

int renameat2(int from, const char *name, int to, const char *new_name, unsigned flags) {
    REAL(renameat2);
    CARRY_OUT(kind(from) == 's' ? RENAME : NONE, -1, real(from, name, to, new_name, flags));
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(unlinkat);
    CARRY_OUT(kind(folder) == 's' ? UNLINK : NONE, -1, real(folder, name, flags));
}
