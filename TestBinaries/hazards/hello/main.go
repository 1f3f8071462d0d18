// Hello needs nothing.
package main

func main() {
	println("hello")
}
