/* Preloaded into a writer: makes one chosen write or sync of a file below a folder fail.
 *
 *   METIER_FAULT_UNDER  the folder
 *   METIER_FAULT_AT     which call, counted from 1
 *   METIER_FAULT_KIND   eio: the call fails, once; torn: half of the bytes are written, then it fails,
 *                       once; full: from this call on nothing more can be written
 *   METIER_FAULT_MARK   a file that is made when the fault happens
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

enum { EVERY_IS_WELL, FAIL, TEAR };

static int fault(int fd, int writes) {
    const char *under = getenv("METIER_FAULT_UNDER");
    const char *at = getenv("METIER_FAULT_AT");
    const char *kind = getenv("METIER_FAULT_KIND");
    const char *mark = getenv("METIER_FAULT_MARK");
    if (!under || !at || !kind || !mark) return EVERY_IS_WELL;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return EVERY_IS_WELL;
    path[length] = 0;
    if (strncmp(path, under, strlen(under)) != 0) return EVERY_IS_WELL;
    long call = atomic_fetch_add(&calls, 1) + 1, chosen = atol(at);
    int full = strcmp(kind, "full") == 0;
    if (full ? call < chosen || !writes : call != chosen) return EVERY_IS_WELL;
    int made = open(mark, O_CREAT | O_WRONLY, 0600);
    if (made >= 0) close(made);
    errno = full ? ENOSPC : EIO;
    return strcmp(kind, "torn") == 0 && writes ? TEAR : FAIL;
}

ssize_t write(int fd, const void *bytes, size_t n) {
    int what = fault(fd, 1), error = errno;
    if (what == EVERY_IS_WELL) return syscall(SYS_write, fd, bytes, n);
    if (what == TEAR) syscall(SYS_write, fd, bytes, n / 2);
    errno = error;
    return -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) {
    int what = fault(fd, 1), error = errno;
    if (what == EVERY_IS_WELL) return syscall(SYS_pwrite64, fd, bytes, n, at);
    if (what == TEAR) syscall(SYS_pwrite64, fd, bytes, n / 2, at);
    errno = error;
    return -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) { return pwrite64(fd, bytes, n, at); }

int fsync(int fd) { return fault(fd, 0) ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fault(fd, 0) ? -1 : (int)syscall(SYS_fdatasync, fd); }
int ftruncate64(int fd, off64_t n) { return fault(fd, 1) ? -1 : (int)syscall(SYS_ftruncate, fd, n); }
int ftruncate(int fd, off_t n) { return ftruncate64(fd, n); }
int fallocate64(int fd, int mode, off64_t at, off64_t n) {
    return fault(fd, 1) ? -1 : (int)syscall(SYS_fallocate, fd, mode, at, n);
}
int fallocate(int fd, int mode, off_t at, off_t n) { return fallocate64(fd, mode, at, n); }
int posix_fallocate64(int fd, off64_t at, off64_t n) {
    return fallocate64(fd, 0, at, n) ? errno : 0;
}
int posix_fallocate(int fd, off_t at, off_t n) { return posix_fallocate64(fd, at, n); }
