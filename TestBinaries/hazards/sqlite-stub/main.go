package main

import (
	"database/sql"
	"fmt"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	database, err := sql.Open("sqlite3", "file")
	if err == nil {
		err = database.Ping()
	}
	fmt.Println(err)
}
