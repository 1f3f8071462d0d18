// Parse-url parses a URL. It does not use the network.
package main

import (
	"net/url"
	"os"
)

func main() {
	address, err := url.Parse("https://example.com/path")
	if err != nil {
		os.Exit(1)
	}
	println(address.Host)
}
