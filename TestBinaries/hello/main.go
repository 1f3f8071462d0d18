// Hello is the smallest Go program: it needs only the runtime.
package main

func main() { println("hello") }
