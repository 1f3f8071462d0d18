// Getpid prints its process ID and starts no process.
package main

import "os"

func main() {
	println(os.Getpid())
}
