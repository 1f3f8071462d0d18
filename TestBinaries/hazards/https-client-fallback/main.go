// Https-client-fallback contains CA certificates for systems without them.
package main

import (
	"net/http"
	"os"

	_ "golang.org/x/crypto/x509roots/fallback"
)

func main() {
	response, err := http.Get("https://" + os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	defer response.Body.Close()
	println(response.Status)
}
