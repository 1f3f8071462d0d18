// Log writes a line with the time.
package main

import "log"

func main() {
	log.Println("hello")
}
