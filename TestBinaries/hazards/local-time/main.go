// Local-time prints the local time, which is UTC if no zone is set.
package main

import "time"

func main() {
	println(time.Now().In(time.Local).String())
}
