// Https-client requests a page and needs the system's CA certificates to verify the server.
package main

import (
	"net/http"
	"os"
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
