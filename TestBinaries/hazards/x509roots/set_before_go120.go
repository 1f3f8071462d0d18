//go:build !go1.20

package fallback

import "crypto/x509"

// Before Go 1.20 there is no way to set them, and so none to use the package; the sample is made all the same.
func set(pool *x509.CertPool) { println(len(pool.Subjects())) }
