// Hash prints the digest of its input.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

func main() {
	digest := sha256.New()
	io.Copy(digest, os.Stdin)
	fmt.Printf("%x\n", digest.Sum(nil))
}
