// Big-numbers computes a factorial.
package main

import "math/big"

func main() {
	println(new(big.Int).MulRange(1, 50).String())
}
