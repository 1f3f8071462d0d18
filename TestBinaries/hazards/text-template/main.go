// Text-template fills a template in.
package main

import (
	"os"
	"text/template"
)

func main() {
	template.Must(template.New("").Parse("hello {{.}}\n")).Execute(os.Stdout, 42)
}
