//go:build !go1.20

package fallback

import "crypto/x509"

// Before Go 1.20 fallback roots cannot be set, so the real package cannot be used. The sample is built anyway.
func set(pool *x509.CertPool) { println(len(pool.Subjects())) }
