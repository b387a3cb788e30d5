// Counts how often a program asks for memory, and says so on standard error when it ends; loaded before its libraries.

#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_ulong asked;

void *malloc(size_t size) { return asked++, __libc_malloc(size); }
void *calloc(size_t number, size_t size) { return asked++, __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { return asked++, __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { return asked++, __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return asked++, __libc_memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    asked++;
    *result = __libc_memalign(alignment, size);
    return *result ? 0 : 12;
}

__attribute__((destructor)) static void say(void) { fprintf(stderr, "%lu\n", asked); }
