// Create-temp makes a temporary file.
package main

import "os"

func main() {
	file, err := os.CreateTemp("", "sample")
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	defer os.Remove(file.Name())
	println(file.Name())
}
