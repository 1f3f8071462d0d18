// Https-client-own-roots trusts only the certificates that it is given.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
)

func main() {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(os.Args[2]))
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	response, err := client.Get("https://" + os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	defer response.Body.Close()
	println(response.Status)
}
