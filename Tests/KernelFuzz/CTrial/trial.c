#define _GNU_SOURCE
#include "trial.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// Any folder will do: the file system mounted over it is visible in the room's mount namespace only.
#define ROOT "/tmp"
#define UNPRIVILEGED 65532

// What the process that asks, the keeper of the room, and the program's process before exec share.
struct board {
    struct trial_result result;
    size_t program_size;
    int log;
    int setup_errno;
    const char *setup_step;
    uint8_t program[trial_largest_program];
};

struct keeper {
    struct board *board;
    int privileged;
    int emulated;
    int null;
};

static int write_file(const char *path, const void *bytes, size_t size, int flags, mode_t mode) {
    int file = open(path, O_WRONLY | O_CLOEXEC | flags, mode);
    if (file < 0) return -1;
    const uint8_t *next = bytes;
    while (size > 0) {
        ssize_t count = write(file, next, size);
        if (count < 0) {
            close(file);
            return -1;
        }
        next += count;
        size -= (size_t)count;
    }
    return close(file);
}

static int write_text(const char *path, const char *text) { return write_file(path, text, strlen(text), 0, 0); }

// Moves into new namespaces; an ordinary user needs a user namespace for that.
static const char *enter_namespaces(int *privileged) {
    int spaces = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
    uid_t user = geteuid();
    gid_t group = getegid();
    *privileged = user == 0 && unshare(spaces) == 0;
    if (!*privileged) {
        char map[64];
        if (unshare(spaces | CLONE_NEWUSER) != 0) return "unshare";
        if (write_text("/proc/self/setgroups", "deny") != 0) return "setgroups";
        snprintf(map, sizeof map, "%d %u 1", UNPRIVILEGED, user);
        if (write_text("/proc/self/uid_map", map) != 0) return "uid_map";
        snprintf(map, sizeof map, "%d %u 1", UNPRIVILEGED, group);
        if (write_text("/proc/self/gid_map", map) != 0) return "gid_map";
    }
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return "mount of a private root";
    if (mount("empty", ROOT, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0) return "mount of an empty root";
    return NULL;
}

// Drops the rights that root has here but not in a container: mapping the lowest page is one of them.
static int drop_rights(const struct keeper *keeper) {
    if (!keeper->privileged) return 0;
    if (setgroups(0, NULL) != 0 || setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED) != 0) return -1;
    return setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED);
}

// Limits processor time, by a timer that survives exec, and files. Memory is not limited: that would refuse programs
// that the kernel itself accepts.
static int limit(const struct keeper *keeper) {
    struct rlimit none = {0, 0};
    struct itimerval time = {.it_value = {keeper->emulated ? 2 : 0, keeper->emulated ? 0 : 400000}};
    if (setrlimit(RLIMIT_CORE, &none) != 0 || setrlimit(RLIMIT_FSIZE, &none) != 0) return -1;
    return setitimer(ITIMER_PROF, &time, NULL);
}

// The program's process: never returns.
static void become_program(const struct keeper *keeper, int output) {
    char *direct[] = {"/app", NULL};
    char *emulated[] = {"/emulator", "/app", NULL};
    char *logged[] = {"/emulator", "-singlestep", "-d", "exec,nochain", "/app", NULL};
    char **words = !keeper->emulated ? direct : keeper->board->log ? logged : emulated;
    char *environment[] = {NULL};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && dup2(keeper->null, 0) == 0 && dup2(output, 1) == 1
        && dup2(output, 2) == 2 && chroot(ROOT) == 0 && chdir("/") == 0 && drop_rights(keeper) == 0
        && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit(keeper) == 0
        && (keeper->emulated || ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)) {
        if (!keeper->emulated) raise(SIGSTOP);
        execve(words[0], words, environment);
        keeper->board->result.stage = trial_refused;
    }
    keeper->board->result.code = errno;
    _exit(127);
}

static uint64_t instruction_pointer(pid_t child) {
#if defined(__x86_64__)
    return (uint64_t)ptrace(PTRACE_PEEKUSER, child, offsetof(struct user, regs.rip), NULL);
#elif defined(__aarch64__)
    struct user_pt_regs registers = {0};
    struct iovec place = {&registers, sizeof registers};
    ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &place);
    return registers.pc;
#else
#error "the instruction pointer of this machine is not known here"
#endif
}

static int is_fault(int number) {
    return number == SIGSEGV || number == SIGILL || number == SIGBUS || number == SIGFPE || number == SIGTRAP;
}

static void wake(int number) { (void)number; }

static void set_alarm(int seconds) {
    struct itimerval time = {.it_value = {seconds, 0}};
    setitimer(ITIMER_REAL, &time, NULL);
}

// Waits for the program's process; what interrupts the waiting is the alarm.
static int wait_for(pid_t child, int *status, struct trial_result *result) {
    if (waitpid(child, status, __WALL) == child) return 1;
    result->stage = trial_out_of_time;
    return 0;
}

static void record_end(int status, int started, struct trial_result *result) {
    if (WIFSIGNALED(status)) {
        if (result->stage != trial_died_at_entry)
            result->stage = started ? trial_signaled : trial_killed_in_exec;
        result->code = WTERMSIG(status);
    } else if (started) {
        result->stage = trial_exited;
        result->code = WEXITSTATUS(status);
    }
}

// A stop for a signal: records a fault at the entry point, and returns whether the program may go on.
static int look_at_signal(pid_t child, int number, int started, struct trial_result *result) {
    result->code = number;
    if (!started) {
        result->stage = trial_killed_in_exec;
        return 0;
    }
    if (number == SIGPROF) {
        result->stage = trial_out_of_time;
        return 0;
    }
    if (is_fault(number) && instruction_pointer(child) == result->entry) {
        siginfo_t cause = {0};
        ptrace(PTRACE_GETSIGINFO, child, NULL, &cause);
        result->stage = trial_died_at_entry;
        result->fault_kind = cause.si_code;
        result->fault_address = (uint64_t)cause.si_addr;
        return 0;
    }
    return 1;
}

static void watch_traced(pid_t child, struct trial_result *result) {
    int status, started = 0;
    if (!wait_for(child, &status, result)) return;
    if (!WIFSTOPPED(status)) return record_end(status, 0, result);
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC);
    int number = 0;
    while (ptrace(PTRACE_CONT, child, NULL, number) == 0 || errno == ESRCH) {
        if (!wait_for(child, &status, result)) return;
        if (!WIFSTOPPED(status)) return record_end(status, started, result);
        number = WSTOPSIG(status);
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
            started = 1;
            result->entry = instruction_pointer(child);
            number = 0;
        } else if (!look_at_signal(child, number, started, result)) {
            return;
        }
    }
}

static void watch_emulated(pid_t child, struct trial_result *result) {
    int status;
    if (!wait_for(child, &status, result)) return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF) {
        result->stage = trial_out_of_time;
    } else if (result->stage != trial_refused) {
        record_end(status, 1, result);
    }
}

static void read_output(int output, struct trial_result *result) {
    while (result->output_size < sizeof result->output) {
        ssize_t count = read(output, result->output + result->output_size, sizeof result->output - result->output_size);
        if (count <= 0) return;
        result->output_size += (uint32_t)count;
    }
}

static void try_program(const struct keeper *keeper) {
    struct trial_result *result = &keeper->board->result;
    memset(result, 0, sizeof *result);
    int ends[2];
    unlink(ROOT "/app");
    // A full pipe must not stop the program.
    if (write_file(ROOT "/app", keeper->board->program, keeper->board->program_size, O_CREAT | O_EXCL, 0555) != 0
        || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        result->code = errno;
        return;
    }
    pid_t child = fork();
    if (child == 0) become_program(keeper, ends[1]);
    if (child < 0) {
        result->code = errno;
    } else {
        set_alarm(keeper->emulated ? 20 : 5);
        if (keeper->emulated) {
            watch_emulated(child, result);
        } else {
            watch_traced(child, result);
        }
        set_alarm(0);
    }
    // The keeper is the first process of its namespace: this reaches everything that the program left.
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0) {}
    read_output(ends[0], result);
    close(ends[0]);
    close(ends[1]);
}

static void keep(const struct keeper *keeper, int request, int answer) {
    struct sigaction action = {.sa_handler = wake};
    sigset_t none;
    char byte;
    // Whoever started this may have blocked or ignored signals, and programs inherit that: the timers would not end them.
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigaction(SIGALRM, &action, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (read(request, &byte, 1) == 1) {
        try_program(keeper);
        if (write(answer, &byte, 1) != 1) break;
    }
    _exit(0);
}

// The process between: its first child is the first process of the new namespace.
static void open_namespaces(struct keeper *keeper, const void *emulator, size_t size, int request, int answer) {
    struct board *board = keeper->board;
    char byte = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    board->setup_step = enter_namespaces(&keeper->privileged);
    if (!board->setup_step && (keeper->null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        board->setup_step = "open of /dev/null";
    if (!board->setup_step && emulator && write_file(ROOT "/emulator", emulator, size, O_CREAT | O_EXCL, 0555) != 0)
        board->setup_step = "write of the emulator";
    pid_t first = board->setup_step ? -1 : fork();
    if (!board->setup_step && first < 0) board->setup_step = "fork";
    board->setup_errno = errno;
    if (first == 0) keep(keeper, request, answer);
    if (write(answer, &byte, 1) != 1 || board->setup_step) _exit(1);
    close(request);
    close(answer);
    waitpid(first, NULL, 0);
    _exit(0);
}

const char *trial_open(struct trial_room *room, const void *emulator, size_t size) {
    int requests[2], answers[2];
    char byte;
    struct board *board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED) return "mmap";
    if (pipe2(requests, O_CLOEXEC) != 0 || pipe2(answers, O_CLOEXEC) != 0) return "pipe";
    pid_t child = fork();
    if (child < 0) return "fork";
    if (child == 0) {
        struct keeper keeper = {.board = board, .emulated = emulator != NULL};
        close(requests[1]);
        close(answers[0]);
        open_namespaces(&keeper, emulator, size, requests[0], answers[1]);
    }
    close(requests[0]);
    close(answers[1]);
    *room = (struct trial_room){requests[1], answers[0], child, board};
    if (read(room->answer, &byte, 1) != 1) return "start of the room";
    errno = board->setup_errno;
    return board->setup_step;
}

int trial_run(struct trial_room *room, const void *program, size_t size, int log, struct trial_result *result) {
    struct board *board = room->board;
    char byte = 0;
    if (size > sizeof board->program) return -1;
    memcpy(board->program, program, size);
    board->program_size = size;
    board->log = log;
    if (write(room->request, &byte, 1) != 1 || read(room->answer, &byte, 1) != 1) return -1;
    *result = board->result;
    return 0;
}

void trial_close(struct trial_room *room) {
    close(room->request);
    close(room->answer);
    kill(room->keeper, SIGKILL);
    waitpid(room->keeper, NULL, 0);
    munmap(room->board, sizeof(struct board));
}
