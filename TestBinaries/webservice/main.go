// Webservice is the sample of make run and of the docs: a small web service that serves HTTP or HTTPS,
// answers on /healthz, and can make an HTTPS request itself.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	address := flag.String("listen", ":8080", "the address to serve on")
	certificate := flag.String("cert", "", "a PEM file with the certificate; without it, plain HTTP is served")
	key := flag.String("key", "", "a PEM file with the certificate's key")
	get := flag.String("get", "", "fetch this address, print its status, and end")
	flag.Parse()
	if *get != "" {
		if err := fetch(*get); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := serve(*address, *certificate, *key); err != nil {
		log.Fatal(err)
	}
}

func fetch(url string) error {
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	fmt.Println(response.Status)
	return nil
}

func serve(address, certificate, key string) error {
	routes := http.NewServeMux()
	routes.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "hello from scratch") })
	server := &http.Server{Addr: address, Handler: routes, ReadHeaderTimeout: 5 * time.Second}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		server.Shutdown(grace)
	}()
	var err error
	if certificate != "" {
		err = server.ListenAndServeTLS(certificate, key)
	} else {
		err = server.ListenAndServe()
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
