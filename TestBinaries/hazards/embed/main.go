// Embed contains another program, an HTTPS client, as data. It needs nothing itself.
package main

import _ "embed"

//go:embed payload
var payload string

func main() { println("hello", len(payload), payload[1:4]) }
