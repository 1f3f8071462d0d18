// Text-template executes a template.
package main

import (
	"os"
	"text/template"
)

func main() {
	template.Must(template.New("").Parse("hello {{.}}\n")).Execute(os.Stdout, 42)
}
