#include "clibcsv.h"
