/* glibc looks up hosts with modules (NSS), like users. */
#include <netdb.h>
#include <stdio.h>

int main(void) {
    struct addrinfo *addresses;
    int error = getaddrinfo("localhost", "80", NULL, &addresses);
    puts(error ? gai_strerror(error) : "found");
    return error != 0;
}
