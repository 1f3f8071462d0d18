// zlib, with those of its functions that are macros, which Swift does not see, as functions.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// windowBits 31: a gzip frame around the data (zlib.h, inflateInit2).
static inline int czlib_inflate_init(z_stream *stream) { return inflateInit2(stream, 31); }

// Negative windowBits: deflate without a frame (RFC 1951), as in zip archives.
static inline int czlib_deflate_bare_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
}
static inline int czlib_inflate_bare_init(z_stream *stream) { return inflateInit2(stream, -15); }

#endif
