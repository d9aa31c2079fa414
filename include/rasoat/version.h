/* version - of the program, as --version and the machine formats say it. */
#ifndef RASOAT_VERSION_H
#define RASOAT_VERSION_H

#define RASOAT_VERSION "0.1.0"

#endif
