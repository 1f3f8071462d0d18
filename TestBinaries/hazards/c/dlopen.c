/* Loads a library at run time. */
#include <dlfcn.h>
#include <stdio.h>

int main(void) {
    void *library = dlopen("libm.so.6", RTLD_NOW);
    if (!library) puts(dlerror());
    return !library;
}
