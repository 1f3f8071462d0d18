// Http-client asks a server for a page without TLS; a redirect may lead to TLS all the same.
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
