/* Sets a locale of the system. Without its files the locale stays C. */
#include <locale.h>
#include <stdio.h>

int main(void) {
    puts(setlocale(LC_ALL, "de_DE.UTF-8") ? "German" : "C");
    return 0;
}
