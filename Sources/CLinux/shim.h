// System calls that Swift cannot import: those with variable arguments, those that the C library declares for _GNU_SOURCE
// only, and fork, which is safe here because the process that calls it has a single thread.
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <signal.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared here, because with _GNU_SOURCE the headers would differ from those that Swift has imported.
int unshare(int flags);
int setresuid(uid_t real, uid_t effective, uid_t saved);
int setresgid(gid_t real, gid_t effective, gid_t saved);
int setgroups(size_t size, const gid_t *list);
int chroot(const char *path);
ssize_t getdents64(int folder, void *records, size_t size);

static const int clinux_new_mounts = 0x00020000;  // CLONE_NEWNS
static const int clinux_new_uts = 0x04000000;     // CLONE_NEWUTS
static const int clinux_new_ipc = 0x08000000;     // CLONE_NEWIPC
static const int clinux_new_users = 0x10000000;   // CLONE_NEWUSER
static const int clinux_new_pids = 0x20000000;    // CLONE_NEWPID
static const int clinux_new_network = 0x40000000; // CLONE_NEWNET

static const int clinux_data_bytes = RLIMIT_DATA;
static const int clinux_file_bytes = RLIMIT_FSIZE;
static const int clinux_core_bytes = RLIMIT_CORE;

static inline int clinux_limit(int resource, unsigned long value) {
    struct rlimit limit = {value, value};
    return setrlimit(resource, &limit);
}
static inline pid_t clinux_fork(void) { return fork(); }
static inline int clinux_trace_me(void) { return (int)ptrace(PTRACE_TRACEME, 0, 0, 0); }
static inline int clinux_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }
static inline int clinux_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int clinux_is_stopped(int status) { return WIFSTOPPED(status); }
static inline int clinux_is_signaled(int status) { return WIFSIGNALED(status); }
static inline int clinux_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : WSTOPSIG(status); }
static inline int clinux_exit_code(int status) { return WEXITSTATUS(status); }

#endif
