#ifndef STATICCHECK_CLIBELF_SHIM_H
#define STATICCHECK_CLIBELF_SHIM_H

#include <gelf.h>
#include <libelf.h>

#endif
