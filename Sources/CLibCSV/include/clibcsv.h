/// libcsv, a streaming parser of comma-separated values (RFC 4180 and what people make of it).

#ifndef CLIBCSV_H
#define CLIBCSV_H

#include <csv.h>

#endif
