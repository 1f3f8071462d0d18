// What a process is handed when it starts, and the signals that are to end it.
#ifndef CPROCESS_H
#define CPROCESS_H

// The number of arguments, the program's name among them.
int cprocess_argument_count(void);
// One of the arguments.
const char *cprocess_argument(int index);

// Makes ready to tell of SIGINT, SIGTERM and SIGHUP; 0 where there is no descriptor left for that.
int cprocess_open_interruptions(void);
// Waits for the next of those that are caught; 0 where none can come.
int cprocess_next_interruption(void);
// Catches them from now on.
void cprocess_catch_interruptions(void);

#endif
