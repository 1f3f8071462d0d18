// Html-template executes a template. Templates call methods by name, so the linker keeps all methods.
package main

import (
	"html/template"
	"os"
)

func main() {
	template.Must(template.New("").Parse("<p>{{.}}</p>\n")).Execute(os.Stdout, "hello")
}
