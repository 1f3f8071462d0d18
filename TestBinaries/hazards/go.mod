module example.com/hazards

go 1.18

require (
	github.com/mattn/go-sqlite3 v0.0.0
	golang.org/x/crypto/x509roots/fallback v0.0.0
)

replace (
	github.com/mattn/go-sqlite3 => ./sqlite3
	golang.org/x/crypto/x509roots/fallback => ./x509roots
)
