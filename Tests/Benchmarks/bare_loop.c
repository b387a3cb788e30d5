// The bare loop that durable delivery is measured against: write, fsync, rename, fsync of the folder, for each file.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 5) return 2;
    int first = atoi(arguments[2]), files = atoi(arguments[3]), size = atoi(arguments[4]);
    char name[64], from[4096], to[4096];
    snprintf(from, sizeof from, "%s/tmp", arguments[1]);
    snprintf(to, sizeof to, "%s/new", arguments[1]);
    int temporary = open(from, O_RDONLY | O_DIRECTORY), folder = open(to, O_RDONLY | O_DIRECTORY);
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int number = first; number < first + files; number++) {
        snprintf(name, sizeof name, "%d-b", number);
        int file = openat(temporary, name, O_WRONLY | O_CREAT | O_EXCL, 0640);
        if (file < 0 || write(file, bytes, size) != size || fsync(file) || close(file)
            || renameat(temporary, name, folder, name) || fsync(folder))
            return perror("bare_loop"), 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
}
