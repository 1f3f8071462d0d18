// Reports signals through a pipe: a handler may do little more than write a byte, which another thread can wait for.
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static const int interruptions[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static int ends[2] = {-1, -1};

static void tell(int number) {
    int kept = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
    errno = kept;
}

// Whoever starts the program may have blocked the signals, for example on a worker thread, and a mask is inherited.
static void unblock(void) {
    sigset_t set;
    sigemptyset(&set);
    for (unsigned index = 0; index < sizeof interruptions / sizeof *interruptions; index++) sigaddset(&set, interruptions[index]);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int cprocess_open_interruptions(void) {
    int low[2];
    unblock();
    if (pipe(low) != 0) return 0;
    // If a standard stream is closed, its number is free and must not become that of the pipe.
    ends[0] = fcntl(low[0], F_DUPFD_CLOEXEC, 3);
    ends[1] = fcntl(low[1], F_DUPFD_CLOEXEC, 3);
    close(low[0]);
    close(low[1]);
    return ends[0] >= 0 && ends[1] >= 0 && fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0;
}

int cprocess_next_interruption(int milliseconds) {
    unsigned char byte;
    // A negative descriptor is ignored by poll(2), which then only waits: signals were not caught and end the process by themselves.
    struct pollfd end = {.fd = ends[0], .events = POLLIN};
    return poll(&end, 1, milliseconds) == 1 && read(ends[0], &byte, 1) == 1 ? byte : 0;
}

void cprocess_catch_interruptions(void) {
    if (ends[0] < 0 || ends[1] < 0) return;
    for (unsigned index = 0; index < sizeof interruptions / sizeof *interruptions; index++) {
        struct sigaction action = {0};
        // A signal that is ignored, as nohup ignores SIGHUP, stays ignored.
        if (sigaction(interruptions[index], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action.sa_handler = tell;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        sigaction(interruptions[index], &action, NULL);
    }
}
