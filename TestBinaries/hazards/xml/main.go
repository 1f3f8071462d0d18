// Xml writes XML.
package main

import (
	"encoding/xml"
	"os"
)

type greeting struct{ Name string }

func main() { xml.NewEncoder(os.Stdout).Encode(greeting{"hello"}) }
