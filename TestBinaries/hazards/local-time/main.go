// Local-time prints the time here, which is UTC where no zone is set.
package main

import "time"

func main() {
	println(time.Now().In(time.Local).String())
}
