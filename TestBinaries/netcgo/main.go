// Netcgo looks up a host name. With cgo, it asks the C library.
package main

import "net"

func main() {
	addresses, err := net.LookupHost("localhost")
	println(len(addresses), err == nil)
}
