// libzstd. All of its functions are visible to Swift; zstd_errors.h has the codes.
#ifndef CZSTD_SHIM_H
#define CZSTD_SHIM_H

#include <zstd.h>
#include <zstd_errors.h>

#endif
