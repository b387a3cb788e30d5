// The parts of libsystemd that dutyd speaks to: notification, inherited sockets, the journal.
#pragma once
#define SD_JOURNAL_SUPPRESS_LOCATION 1
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
