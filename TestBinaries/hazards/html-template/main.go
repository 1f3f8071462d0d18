// Html-template fills a template in; templates call methods by name, which keeps all methods in the program.
package main

import (
	"html/template"
	"os"
)

func main() {
	template.Must(template.New("").Parse("<p>{{.}}</p>\n")).Execute(os.Stdout, "hello")
}
