// Plugin loads code at run time.
package main

import (
	"os"
	"plugin"
)

func main() {
	_, err := plugin.Open("/plugin.so")
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
