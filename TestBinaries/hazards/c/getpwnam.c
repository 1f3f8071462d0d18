/* glibc looks up users with modules (NSS), which it loads even in a static program. musl reads /etc/passwd itself. */
#include <pwd.h>
#include <stdio.h>

int main(void) {
    struct passwd *user = getpwnam("root");
    puts(user ? user->pw_dir : "no such user");
    return user == NULL;
}
