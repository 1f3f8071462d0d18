// Runs before Swift's runtime sets itself up.
//
// Swift's CommandLine reads /proc/self/cmdline, which an empty root does not have, so the program would have no arguments
// there. If Swift's backtracer is on, the runtime looks for it through /proc/self/exe and ends the process if that is
// missing. This program ships no backtracer.
//
// Memory for one file is kept for the next one. If it were returned each time, every page would be mapped and cleared again.
#define _GNU_SOURCE
#include "CProcess.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static int argument_count;
static char *const *arguments;
// The variables where the kernel wrote them, which /proc/PID/environ shows whatever setenv and unsetenv do. A copy of the list,
// because unsetenv takes pointers out of the original.
static char **first_environment;

int cprocess_argument_count(void) { return argument_count; }
const char *cprocess_argument(int index) { return arguments[index]; }

// glibc gives the functions of .init_array the arguments of main. The first 100 priorities are reserved for the C library.
__attribute__((constructor(101))) static void cprocess_start(int count, char **values, char **environment) {
    size_t variables = 0;
    while (environment[variables]) variables++;
    first_environment = calloc(variables + 1, sizeof *first_environment);
    if (first_environment) memcpy(first_environment, environment, variables * sizeof *first_environment);
    argument_count = count;
    arguments = values;
    setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/nonexistent", 0);
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

void cprocess_forget_variable(const char *name) {
    size_t length = strlen(name);
    unsetenv(name);
    for (char **entry = first_environment; entry && *entry; entry++) {
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') explicit_bzero(*entry, strlen(*entry));
    }
}

int cprocess_seal_memory(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0; }
