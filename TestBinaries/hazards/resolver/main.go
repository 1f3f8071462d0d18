// Resolver looks up the addresses of a host.
package main

import (
	"context"
	"net"
	"os"
)

func main() {
	addresses, err := net.DefaultResolver.LookupHost(context.Background(), os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(len(addresses))
}
