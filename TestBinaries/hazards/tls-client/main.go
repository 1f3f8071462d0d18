// Tls-client connects with TLS without net/http.
package main

import (
	"crypto/tls"
	"os"
)

func main() {
	connection, err := tls.Dial("tcp", os.Args[1], nil)
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	connection.Close()
}
