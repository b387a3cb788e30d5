// The parts of libsystemd that dutyd speaks to: inherited sockets, the watchdog's interval, the journal.
//
// As in CLinux, no header is included: <systemd/sd-journal.h> brings system headers with it, and Swift would then take
// timespec and its kin for CSystemd's. These functions are part of libsystemd's stable interface.
#pragma once

/// The number of inherited descriptors, from 3 on; `names` is allocated with malloc, and so is each name in it.
int sd_listen_fds_with_names(int unset_environment, char ***names);
int sd_is_socket_unix(int descriptor, int type, int listening, const char *path, unsigned long length);
int sd_watchdog_enabled(int unset_environment, unsigned long *microseconds);

/// `fields` points to `count` values of `struct iovec`, each of which is `NAME=value`.
int sd_journal_sendv(const void *fields, int count);
