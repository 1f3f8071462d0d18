// Getpid prints its process number, and starts no process.
package main

import "os"

func main() {
	println(os.Getpid())
}
