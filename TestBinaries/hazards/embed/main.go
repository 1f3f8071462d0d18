// Embed holds another program, an HTTPS client, as data; itself it needs nothing.
package main

import _ "embed"

//go:embed payload
var payload string

func main() { println("hello", len(payload), payload[1:4]) }
