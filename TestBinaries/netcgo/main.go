// Netcgo looks a name up; built with cgo, it asks the C library for it.
package main

import "net"

func main() {
	addresses, err := net.LookupHost("localhost")
	println(len(addresses), err == nil)
}
