/* glibc loads a module for each character set, except for a few that are built in. */
#include <iconv.h>
#include <stdio.h>

int main(void) {
    iconv_t conversion = iconv_open("UTF-8", "ISO-8859-15");
    if (conversion == (iconv_t)-1) perror("iconv_open");
    return conversion == (iconv_t)-1;
}
