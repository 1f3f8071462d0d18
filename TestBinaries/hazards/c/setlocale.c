/* Asks for a language of the system's; without its files the language stays C. */
#include <locale.h>
#include <stdio.h>

int main(void) {
    puts(setlocale(LC_ALL, "de_DE.UTF-8") ? "German" : "C");
    return 0;
}
