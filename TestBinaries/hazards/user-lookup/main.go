// User-lookup looks up a user by name.
package main

import (
	"os"
	"os/user"
)

func main() {
	who, err := user.Lookup("root")
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(who.Uid)
}
