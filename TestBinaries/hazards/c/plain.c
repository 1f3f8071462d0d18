/* Needs only the C library, which is linked in. */
#include <stdio.h>

int main(void) {
    puts("hello");
    return 0;
}
