// Dynamicimport is dynamic although it is built with CGO_ENABLED=0, like programs that load C libraries without cgo.
package main

import _ "unsafe"

//go:cgo_import_dynamic libc_getpid getpid "libc.so.6"
//go:cgo_import_dynamic _ _ "libc.so.6"

//go:linkname libc_getpid libc_getpid
var libc_getpid uintptr

func main() { println("hello", &libc_getpid != nil) }
