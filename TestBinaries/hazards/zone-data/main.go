// Zone-data reads a time zone from data in the program.
package main

import (
	"os"
	"time"
)

func main() {
	_, err := time.LoadLocationFromTZData("here", []byte(os.Args[0]))
	println(err.Error())
}
