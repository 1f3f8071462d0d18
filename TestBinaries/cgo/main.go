// Cgo calls a C function, so it is linked with the C library.
package main

// #include <stdlib.h>
import "C"

func main() { println("hello", C.abs(-1)) }
