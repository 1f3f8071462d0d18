// Print formats numbers.
package main

import "fmt"

func main() {
	fmt.Println("hello", 42, 3.14)
}
