/* glibc finds hosts by way of modules (NSS), as it finds users. */
#include <netdb.h>
#include <stdio.h>

int main(void) {
    struct addrinfo *addresses;
    int error = getaddrinfo("localhost", "80", NULL, &addresses);
    puts(error ? gai_strerror(error) : "found");
    return error != 0;
}
