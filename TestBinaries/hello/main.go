// Hello is the smallest Go program: it needs nothing but the runtime.
package main

func main() { println("hello") }
