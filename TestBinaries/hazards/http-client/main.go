// Http-client requests a page without TLS. A redirect may still use TLS.
package main

import (
	"net/http"
	"os"
)

func main() {
	response, err := http.Get("http://" + os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	defer response.Body.Close()
	println(response.Status)
}
