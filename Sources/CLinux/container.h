// System calls of the proof of an image: namespaces, mounts, file system calls that are watched, and a debugger's few.
#ifndef CLINUX_CONTAINER_H
#define CLINUX_CONTAINER_H

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static const int clinux_process_count = 6; // RLIMIT_NPROC

/// Makes the loopback interface of the network namespace work.
static inline int clinux_loopback_up(void) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return -1;
    int result = ioctl(handle, SIOCGIFFLAGS, &request);
    if (result == 0) {
        request.ifr_flags |= IFF_UP | IFF_RUNNING;
        result = ioctl(handle, SIOCSIFFLAGS, &request);
    }
    close(handle);
    return result;
}

/// Takes all capabilities out of the bounding set: exec gives none, not even to root (capabilities(7)).
static inline int clinux_drop_capabilities(void) {
    for (int number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++)
        if (prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0) return -1;
    return 0;
}

/// A mount of one file that is attached nowhere yet (open_tree(2)), before the root changes; -1 if that is not possible.
static inline int clinux_detached(const char *path) {
    return (int)syscall(SYS_open_tree, AT_FDCWD, path, 1 /* OPEN_TREE_CLONE */ | O_CLOEXEC);
}

/// Attaches such a mount to a file (move_mount(2)).
static inline int clinux_attach(int tree, const char *path) {
    return (int)syscall(SYS_move_mount, tree, "", AT_FDCWD, path, 4 /* MOVE_MOUNT_F_EMPTY_PATH */);
}

/// Makes the working folder, a mount, the root, and unmounts the old one (pivot_root(2), "pivot_root(".", ".")").
static inline int clinux_pivot_to_working_folder(void) {
    if (syscall(SYS_pivot_root, ".", ".") != 0) return -1;
    return umount2(".", MNT_DETACH);
}

/// A /proc of the process's own namespaces that is attached nowhere yet; -1 if that is not permitted. The kernel gives one only where
/// another one is in sight, so it must be made before the root changes.
static inline int clinux_detached_processes(void) {
    int context = (int)syscall(430 /* fsopen */, "proc", 1 /* FSOPEN_CLOEXEC */);
    if (context < 0) return -1;
    int mounted = -1;
    if (syscall(431 /* fsconfig */, context, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0) == 0)
        mounted = (int)syscall(432 /* fsmount */, context, 1 /* FSMOUNT_CLOEXEC */, 2 | 4 | 8 /* nosuid, nodev, noexec */);
    close(context);
    return mounted;
}

/// Executes an open file (execveat(2)).
static inline int clinux_execute(int file, char *const *words, char *const *environment) {
    return (int)syscall(SYS_execveat, file, "", words, environment, 0x1000 /* AT_EMPTY_PATH */);
}

/// Takes the mount namespace that a descriptor names (setns(2)).
static inline int clinux_enter_mounts(int space) { return (int)syscall(SYS_setns, space, 0x00020000 /* CLONE_NEWNS */); }

/// A copy of a descriptor of another process (pidfd_getfd(2)).
static inline int clinux_descriptor_of(pid_t process, int descriptor) {
    int handle = (int)syscall(SYS_pidfd_open, process, 0);
    if (handle < 0) return -1;
    int copy = (int)syscall(SYS_pidfd_getfd, handle, descriptor, 0);
    int code = errno;
    close(handle);
    errno = code;
    return copy;
}

// A debugger's calls. The kernel stops the process before the byte at an address is executed.
static inline long clinux_peek(pid_t process, unsigned long address, long *word) {
    errno = 0;
    *word = ptrace(PTRACE_PEEKTEXT, process, address, 0);
    return errno == 0 ? 0 : -1;
}
static inline long clinux_poke(pid_t process, unsigned long address, long word) {
    return ptrace(PTRACE_POKETEXT, process, address, word);
}
static inline long clinux_go_on(pid_t process, int signal) {
    return ptrace(PTRACE_CONT, process, 0, (long)signal);
}

/// A call that waits for an answer (seccomp_unotify(2)).
struct clinux_call {
    unsigned long long identifier;
    unsigned process;
    int number;
    unsigned long long arguments[6];
};

#if defined(__x86_64__)
#define CLINUX_ARCHITECTURE AUDIT_ARCH_X86_64
#define CLINUX_OLD_CALLS SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#elif defined(__aarch64__)
#define CLINUX_ARCHITECTURE AUDIT_ARCH_AARCH64
#define CLINUX_OLD_CALLS
#else
#define CLINUX_ARCHITECTURE 0
#define CLINUX_OLD_CALLS
#endif

/// Reports all calls of this process and its children that look up a path: the answer is a descriptor to read them from.
static inline int clinux_watch_paths(void) {
    static const unsigned watched[] = {CLINUX_OLD_CALLS SYS_openat, SYS_newfstatat, SYS_readlinkat, SYS_faccessat,
                                       SYS_execve, SYS_statx, 437 /* openat2 */, 439 /* faccessat2 */};
    enum { count = sizeof watched / sizeof *watched };
    struct sock_filter code[count + 6];
    unsigned end = 0;
    code[end++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[end++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CLINUX_ARCHITECTURE, 1, 0);
    code[end++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[end++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (unsigned index = 0; index < count; index++)
        code[end++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, watched[index], (unsigned char)(count - index), 0);
    code[end++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[end++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog program = {(unsigned short)end, code};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static inline int clinux_next_call(int listener, struct clinux_call *call) {
    struct seccomp_notif notification;
    memset(&notification, 0, sizeof notification);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notification) != 0) return -1;
    call->identifier = notification.id;
    call->process = notification.pid;
    call->number = notification.data.nr;
    for (int index = 0; index < 6; index++) call->arguments[index] = notification.data.args[index];
    return 0;
}

/// Lets the call go on as if nothing watched it.
static inline int clinux_let_go_on(int listener, unsigned long long identifier) {
    struct seccomp_notif_resp answer;
    memset(&answer, 0, sizeof answer);
    answer.id = identifier;
    answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/// Which argument of a watched call is the folder that a path starts in; -1 if it is the working folder.
static inline int clinux_folder_argument(int number) {
#if defined(__x86_64__)
    if (number == SYS_open || number == SYS_stat || number == SYS_lstat || number == SYS_access
        || number == SYS_readlink)
        return -1;
#endif
    return number == SYS_execve ? -1 : 0;
}

/// Lets the process's supervisor look at it, which changing the user forbids (prctl(2), PR_SET_DUMPABLE).
static inline int clinux_be_visible(void) { return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }

/// Whether a watched call creates the file that it names.
static inline int clinux_creates(
    int number, unsigned long long first, unsigned long long second, unsigned long long third) {
    (void)first;
#if defined(__x86_64__)
    if (number == SYS_open) return (second & O_CREAT) != 0;
#endif
    (void)second;
    return number == SYS_openat && (third & O_CREAT) != 0;
}

/// Opens what a path names below a root, as a process in that root would find it (openat2(2), RESOLVE_IN_ROOT).
static inline int clinux_look_up(int root, const char *path) {
    struct { unsigned long long flags, mode, resolve; } how = {010000000 /* O_PATH */ | O_CLOEXEC, 0, 0x10};
    return (int)syscall(437 /* openat2 */, root, path, &how, sizeof how);
}

static inline long clinux_link_target(const char *path, unsigned char *target, size_t size) {
    return readlink(path, (char *)target, size);
}

#endif
