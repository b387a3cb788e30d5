"""The machine's own systemd as a judge of calendar events: its shared library, loaded by name and never linked."""

import ctypes
import errno
import glob
import os
import time

LIBRARY = ctypes.CDLL(sorted(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so"))[-1])
LIBRARY.calendar_spec_from_string.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p)]
LIBRARY.calendar_spec_to_string.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
LIBRARY.calendar_spec_next_usec.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_uint64)]
LIBRARY.calendar_spec_free.argtypes = [ctypes.c_void_p]
FREE = ctypes.CDLL(None).free
FREE.argtypes = [ctypes.c_void_p]

# What becomes of an event for which the library gives up: it says "Infinite loop in calendar calculation".
DEADLOCK = f"error {errno.EDEADLK}"


def use_zone(name):
    """Makes that zone the process's own, by which events without a zone go."""
    if os.environ.get("TZ") != name:
        os.environ["TZ"] = name
        time.tzset()


def ask(event, after):
    """The event's normal form, or nothing; and its next elapse in microseconds, "never", or "error NUMBER"."""
    spec = ctypes.c_void_p()
    if LIBRARY.calendar_spec_from_string(event.encode(), ctypes.byref(spec)) < 0:
        return None, "error"
    try:
        text = ctypes.c_void_p()
        LIBRARY.calendar_spec_to_string(spec, ctypes.byref(text))
        normal = ctypes.string_at(text).decode()
        FREE(text)
        if after is None:
            return normal, "error"
        result = ctypes.c_uint64()
        code = LIBRARY.calendar_spec_next_usec(spec, after, ctypes.byref(result))
        if code >= 0:
            return normal, str(result.value)
        return normal, "never" if code == -errno.ENOENT else f"error {-code}"
    finally:
        LIBRARY.calendar_spec_free(spec)
