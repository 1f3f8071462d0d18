// Channels adds numbers up in goroutines.
package main

import "sync"

func main() {
	var group sync.WaitGroup
	results := make(chan int, 10)
	for i := 0; i < 10; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			results <- i
		}(i)
	}
	group.Wait()
	println(len(results))
}
