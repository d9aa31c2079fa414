/*
 * deflate - zlib's calls for compressing, answered by the program itself.
 *
 * There is nothing to call here. libxlsxwriter (through minizip) and libharu compress with zlib's
 * deflateInit_, deflateInit2_, deflate, deflateReset and deflateEnd and give no choice of the level; at zlib's
 * default level that is half the time of a workbook and a third of a PDF. deflate.c defines these five functions
 * by ISA-L, the linker lets the program's own win over those of libz.so (DEFLATE_CALLS in the Makefile), and the
 * libraries stay as Debian ships them. Against zlib's default level, on the XML of findings: a tenth of the time,
 * 1.23 times the size.
 *
 * Everything else of zlib stays zlib's: inflate, crc32, and what libxml2, libpng or libpq use of it. Its functions
 * that compress by these five (compress, gzwrite) work as before; those that look inside a stream
 * (deflateSetDictionary, deflateParams, deflateCopy …) refuse ours with Z_STREAM_ERROR; no library here calls them.
 * Level, strategy and memLevel are checked and ignored. strm->adler is not kept. Streams are independent of each
 * other: any number, on any threads.
 *
 * THE SAME BYTES. ISA-L picks its code by processor, but at levels 0 to 2 all code for x86-64 with SSE 4.2 (every
 * server processor since 2011) finds the same matches: compared byte by byte as Nehalem, Sandy Bridge and Haswell
 * (QEMU) and with AVX-512. At level 3 AVX, AVX2 and AVX-512 each give other bytes: hence level 2, which is as fast
 * as level 1 here and makes files smaller by a hundredth. On older processors and other architectures files hold
 * the same content in other bytes: there, as with another version of ISA-L (or of zlib, before), "the same bytes"
 * holds from run to run, but not against files of other machines.
 */
#ifndef RASOAT_DEFLATE_H
#define RASOAT_DEFLATE_H

#define DEFLATE_LEVEL 2 /* of ISA-L, 0 to 3; not zlib's 1 to 9 */

#endif
