// The arguments of the process, and the signals that ask it to end.
#ifndef CPROCESS_H
#define CPROCESS_H

// The number of arguments, including the program's name.
int cprocess_argument_count(void);
// One of the arguments.
const char *cprocess_argument(int index);

// Opens the pipe that SIGINT, SIGTERM and SIGHUP are told through; returns 0 if there is no free descriptor.
int cprocess_open_interruptions(void);
// Waits for the next caught signal and returns its number; 0 if none can come.
int cprocess_next_interruption(void);
// Catches the signals from now on.
void cprocess_catch_interruptions(void);

#endif
