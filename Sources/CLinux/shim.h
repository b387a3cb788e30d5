// Linux calls that Swift's Glibc module does not offer, most of them because glibc keeps them for _GNU_SOURCE.
//
// They are declared here and no system header is included, on purpose: a second module that includes <fcntl.h> and the
// like makes Swift take timespec and its kin for CLinux's, in files that never heard of CLinux.
#pragma once

// accept4(2) flags are the SOCK_ ones; nothing is asked about the address, which Unix clients do not have.
int accept4(int socket, void *address, unsigned int *size, int flags);
int renameat2(int from_directory, const char *from, int to_directory, const char *to, unsigned int flags);
#define CLINUX_RENAME_NOREPLACE 1u

// The values of struct itimerspec are read and written by whoever knows the struct.
int timerfd_create(int clock, int flags);
int timerfd_settime(int timer, int flags, const void *value, void *previous);
#define CLINUX_TFD_CLOEXEC 02000000
#define CLINUX_TFD_NONBLOCK 04000
#define CLINUX_TFD_TIMER_ABSTIME 1
#define CLINUX_TFD_TIMER_CANCEL_ON_SET 2

int malloc_trim(unsigned long padding);

const char *strerrorname_np(int code);
const char *strerrordesc_np(int code);
