/* Needs nothing but the C library that is linked in. */
#include <stdio.h>

int main(void) {
    puts("hello");
    return 0;
}
