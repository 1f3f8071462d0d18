// Mkdir-temp makes a temporary folder.
package main

import "os"

func main() {
	folder, err := os.MkdirTemp("", "sample")
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	defer os.Remove(folder)
	println(folder)
}
