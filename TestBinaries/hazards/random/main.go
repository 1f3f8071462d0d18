// Random prints random bytes.
package main

import (
	"crypto/rand"
	"fmt"
)

func main() {
	bytes := make([]byte, 8)
	rand.Read(bytes)
	fmt.Printf("%x\n", bytes)
}
