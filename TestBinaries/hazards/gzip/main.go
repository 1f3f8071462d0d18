// Gzip compresses its input.
package main

import (
	"compress/gzip"
	"io"
	"os"
)

func main() {
	writer := gzip.NewWriter(os.Stdout)
	io.Copy(writer, os.Stdin)
	writer.Close()
}
