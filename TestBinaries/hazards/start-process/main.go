// Start-process runs another program without os/exec.
package main

import "os"

func main() {
	process, err := os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{})
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	process.Wait()
}
