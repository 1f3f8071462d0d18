// What the C library hands to a process when it starts.
#ifndef CPROCESS_H
#define CPROCESS_H

// The number of arguments, the program's name among them.
int cprocess_argument_count(void);
// One of the arguments.
const char *cprocess_argument(int index);

#endif
