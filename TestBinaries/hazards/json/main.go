// Json reads and writes JSON.
package main

import (
	"encoding/json"
	"os"
)

func main() {
	var value map[string]int
	if err := json.Unmarshal([]byte(`{"hello": 1}`), &value); err != nil {
		panic(err)
	}
	json.NewEncoder(os.Stdout).Encode(value)
}
