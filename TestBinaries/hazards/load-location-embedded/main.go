// Load-location-embedded contains the time zone database.
package main

import (
	"os"
	"time"
	_ "time/tzdata"
)

func main() {
	place, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	println(time.Unix(0, 0).In(place).String())
}
