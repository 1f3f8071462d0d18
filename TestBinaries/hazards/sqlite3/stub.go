//go:build !cgo

// Package sqlite3 has the functions of go-sqlite3's static_mock.go, and nothing else.
package sqlite3

import (
	"database/sql"
	"database/sql/driver"
	"errors"
)

func init() { sql.Register("sqlite3", &SQLiteDriver{}) }

type SQLiteDriver struct{}

func (SQLiteDriver) Open(name string) (driver.Conn, error) {
	return nil, errors.New("requires cgo to work: this is a stub")
}
