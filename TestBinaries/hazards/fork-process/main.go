// Fork-process runs another program without package os.
package main

import (
	"os"
	"syscall"
)

func main() {
	if _, err := syscall.ForkExec("/bin/true", []string{"true"}, &syscall.ProcAttr{}); err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
