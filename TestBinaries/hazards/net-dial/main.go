// Net-dial connects to a host by name.
package main

import (
	"net"
	"os"
)

func main() {
	connection, err := net.Dial("tcp", os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	connection.Close()
}
