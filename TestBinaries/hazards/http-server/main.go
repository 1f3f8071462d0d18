// Http-server serves a page.
package main

import (
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello\n")) })
	if err := http.ListenAndServe("127.0.0.1:8080", nil); err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
