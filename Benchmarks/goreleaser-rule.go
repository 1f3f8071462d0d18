//go:build ignore

// Decides as goreleaser's packaging does: a file is dynamic if Go's debug/elf finds a PT_INTERP in it, and not if it
// cannot be opened.
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
