// Exec-command runs another program.
package main

import (
	"os"
	"os/exec"
)

func main() {
	output, err := exec.Command("/bin/echo", "hello").Output()
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(string(output))
}
