// Https-server serves TLS with its own certificate and verifies no other.
package main

import (
	"net/http"
	"os"
)

func main() {
	if err := http.ListenAndServeTLS(":0", "certificate.pem", "key.pem", nil); err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
