module example.com/hazards

go 1.18

require golang.org/x/crypto/x509roots/fallback v0.0.0

replace golang.org/x/crypto/x509roots/fallback => ./x509roots
