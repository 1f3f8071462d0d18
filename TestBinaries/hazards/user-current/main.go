// User-current looks up the user that runs it.
package main

import (
	"os"
	"os/user"
)

func main() {
	who, err := user.Current()
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(who.Username)
}
