// Flag reads its arguments.
package main

import "flag"

func main() {
	count := flag.Int("count", 1, "how often")
	flag.Parse()
	println(*count)
}
