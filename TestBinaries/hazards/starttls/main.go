// Starttls begins TLS on a connection that exists, as mail clients and drivers of databases do.
package main

import (
	"net/smtp"
	"os"
)

func main() {
	client, err := smtp.Dial(os.Args[1])
	if err == nil {
		err = client.StartTLS(nil)
	}
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
