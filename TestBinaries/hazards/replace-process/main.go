// Replace-process becomes another program.
package main

import (
	"os"
	"syscall"
)

func main() {
	err := syscall.Exec("/bin/true", []string{"true"}, os.Environ())
	println(err.Error())
	os.Exit(1)
}
