//go:build go1.20

package fallback

import "crypto/x509"

func set(pool *x509.CertPool) { x509.SetFallbackRoots(pool) }
