// System-pool counts the system's CA certificates.
package main

import (
	"crypto/x509"
	"os"
)

func main() {
	pool, err := x509.SystemCertPool()
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(len(pool.Subjects()))
}
