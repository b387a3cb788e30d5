// What CalendarBenchmark.swift does, done by the machine's own systemd: its library is loaded by name, never linked.
//
//     systemd_elapses LIBRARY EVENT INSTANTS ROUNDS    events without a zone go by $TZ

#include <dlfcn.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments) {
    if (count != 5) return 2;
    void *library = dlopen(arguments[1], RTLD_NOW);
    if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
    int (*read)(const char *, void **) = (int (*)(const char *, void **))dlsym(library, "calendar_spec_from_string");
    int (*next)(const void *, uint64_t, uint64_t *) =
        (int (*)(const void *, uint64_t, uint64_t *))dlsym(library, "calendar_spec_next_usec");
    void *event;
    if (!read || !next || read(arguments[2], &event) < 0) return fprintf(stderr, "%s\n", arguments[2]), 1;

    int instants = atoi(arguments[3]), rounds = atoi(arguments[4]);
    uint64_t *after = malloc(sizeof *after * (size_t)instants), state = 1, sum = 0;
    for (int index = 0; index < instants; index++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        after[index] = UINT64_C(946684800000000) + (state >> 11) % UINT64_C(2838240000000000);
    }
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int round = 0; round < rounds; round++) {
        sum = 0;
        for (int index = 0; index < instants; index++) {
            uint64_t elapse;
            sum += next(event, after[index], &elapse) < 0 ? 1 : elapse;
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double nanoseconds = (end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec);
    printf("{\"nanoseconds\": %f, \"sum\": \"%" PRIu64 "\"}\n", nanoseconds / instants / rounds, sum);
}
