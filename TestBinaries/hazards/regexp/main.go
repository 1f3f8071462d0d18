// Regexp finds words.
package main

import "regexp"

func main() {
	println(len(regexp.MustCompile(`\w+`).FindAllString("hello world", -1)))
}
