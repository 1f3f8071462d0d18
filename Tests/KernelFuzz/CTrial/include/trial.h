// Runs programs one after another, each alone in an empty root, and tells how each ended.
//
// A room is a process of its own in new namespaces (mounts, processes, network), which starts and traces the programs.
// Only Linux on x86_64 and aarch64 can tell where a program stopped.
#ifndef KERNEL_FUZZ_TRIAL_H
#define KERNEL_FUZZ_TRIAL_H

#include <stddef.h>
#include <stdint.h>

// How far a program came.
enum trial_stage {
    trial_not_tried = 0,     // the room could not start it; `code` is an errno
    trial_refused = 1,       // exec failed; `code` is its errno
    trial_killed_in_exec = 2, // a signal came before exec returned; `code` is the signal
    trial_died_at_entry = 3, // a fault with the instruction pointer still at the entry point; `code` is the signal
    trial_signaled = 4,      // a signal ended it later; `code` is the signal
    trial_exited = 5,        // it ended by itself; `code` is the exit code
    trial_out_of_time = 6,   // it was stopped for its use of time
};

struct trial_result {
    int32_t stage;
    int32_t code;
    // Of a program that died at its entry point: the entry point, si_code, and the address that it could not use.
    uint64_t entry;
    int32_t fault_kind;
    uint64_t fault_address;
    // The first bytes that it wrote to standard output and standard error.
    uint32_t output_size;
    uint8_t output[4096];
};

struct trial_room {
    int request;
    int answer;
    int32_t keeper;
    void *board;
};

// The largest program, in bytes.
enum { trial_largest_program = 32 << 20 };

// Opens a room. With an emulator (the bytes of a static qemu-user), programs run under it and are not traced.
// Returns NULL, or what could not be done; errno says why.
const char *trial_open(struct trial_room *room, const void *emulator, size_t size);

// Runs a program; with `log`, the emulator lists what it executes on standard error.
// Returns 0, or -1 if the room is lost or the program too large.
int trial_run(struct trial_room *room, const void *program, size_t size, int log, struct trial_result *result);

// Ends the room and everything in it.
void trial_close(struct trial_room *room);

#endif
