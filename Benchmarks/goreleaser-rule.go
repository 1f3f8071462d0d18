//go:build ignore

// Decides like goreleaser's packaging: a file is dynamic if Go's debug/elf finds a PT_INTERP in it. A file that it cannot
// open is not dynamic.
package main

import (
	"debug/elf"
	"fmt"
	"os"
)

func main() {
	file, err := elf.Open(os.Args[1])
	if err == nil {
		for _, program := range file.Progs {
			if program.Type == elf.PT_INTERP {
				fmt.Println("dynamic")
				return
			}
		}
	}
	fmt.Println("static")
}
