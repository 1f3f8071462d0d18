// Verify-certificate checks the certificate in a file against those of the system, without TLS.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		panic(err)
	}
	if _, err := certificate.Verify(x509.VerifyOptions{}); err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
