// The arguments and the environment of the process, and the signals that ask it to end.
#ifndef CPROCESS_H
#define CPROCESS_H

// The number of arguments, including the program's name.
int cprocess_argument_count(void);
// One of the arguments.
const char *cprocess_argument(int index);

// Removes a variable from the environment and overwrites it where the kernel wrote it, so that /proc/PID/environ does not show
// it either.
void cprocess_forget_variable(const char *name);
// Makes the process non-dumpable (prctl(2), PR_SET_DUMPABLE): other processes of the user cannot read its memory, and it leaves
// no core dump. Returns 0 if the kernel refuses.
int cprocess_seal_memory(void);

// Opens the pipe that SIGINT, SIGTERM, SIGHUP and SIGQUIT are told through; returns 0 if there is no free descriptor.
int cprocess_open_interruptions(void);
// Waits for the next caught signal, at most some milliseconds, and returns its number; 0 if the time is over.
int cprocess_next_interruption(int milliseconds);
// Catches the signals from now on.
void cprocess_catch_interruptions(void);

#endif
