/* Stands between a process and the system: counts the writes to the files under test, and at one
 * of them kills the process, or fails the call. Loaded by LD_PRELOAD; armed by faults_arm().
 *
 * A kill leaves what the kernel holds in memory, so it would not show a missing sync. Therefore a
 * copy is kept of each file as it was at its last sync, by inode, and a list of each folder's names
 * as they were when the folder was synced: of these a test makes what a power cut may leave. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum manner { COUNT, KILL_BEFORE, KILL_AFTER, KILL_TORN, FAIL_ONCE, FAIL_ON, CUT_BEFORE, CUT_AFTER };
enum verdict { GO, TEAR, FAIL };

static char files[PATH_MAX], calls[256], shadow[PATH_MAX];
static int target, count, manner, number, trace = -1;
static __thread int inside;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* files: a pattern of fnmatch; calls: names of calls with a space on both sides, or empty for all;
 * at: which of the matching calls, from 1; kept: a folder for the copies, or empty. */
void faults_arm(const char *pattern, const char *names, int at, int how, int error,
                const char *log, const char *kept) {
    snprintf(files, sizeof files, "%s", pattern);
    snprintf(calls, sizeof calls, "%s", names);
    snprintf(shadow, sizeof shadow, "%s", kept);
    target = at, manner = how, number = error, count = 0;
    trace = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int matches(const char *call, const char *path) {
    char spaced[64];
    if (trace < 0 || inside || fnmatch(files, path, 0) != 0) return 0;
    snprintf(spaced, sizeof spaced, " %s ", call);
    return calls[0] == 0 || strstr(calls, spaced) != NULL;
}

/* Returns what is to become of the call, having done before it what belongs before it. */
static enum verdict decide(const char *call, const char *path, int *mine) {
    char line[PATH_MAX + 64];
    *mine = 0;
    if (!matches(call, path)) return GO;
    int at = __sync_add_and_fetch(&count, 1);
    int length = snprintf(line, sizeof line, "%d %s %s\n", at, call, path);
    if (REAL(write)(trace, line, length) != length) abort();
    if (manner == FAIL_ON && at >= target) return FAIL;
    if (at != target) return GO;
    *mine = 1;
    if (manner == KILL_BEFORE) die();
    if (manner == KILL_TORN) return TEAR;
    return manner == FAIL_ONCE ? FAIL : GO;
}

static void after(int mine) {
    if (mine && (manner == KILL_AFTER || manner == KILL_TORN)) die();
}

static const char *path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

/* A name as the kernel would find it, so that it can be compared with the pattern. */
static const char *whole(const char *path, char *name) {
    if (path[0] == '/') return path;
    char folder[PATH_MAX / 2];
    if (getcwd(folder, sizeof folder) == NULL) abort();
    snprintf(name, PATH_MAX, "%s/%.*s", folder, PATH_MAX / 2 - 2, path);
    return name;
}

static void copy_file(int fd, struct stat *is) {
    char name[PATH_MAX + 64], octets[1 << 16];
    snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)is->st_ino);
    int to = REAL(open)(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    /* Opened anew, since the file may be open for writing only. */
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int from = REAL(open)(link, O_RDONLY | O_CLOEXEC);
    ssize_t length;
    if (to < 0 || from < 0) abort();
    while ((length = read(from, octets, sizeof octets)) > 0)
        if (REAL(write)(to, octets, length) != length) abort();
    close(from), close(to);
}

static void list_folder(const char *path, struct stat *is) {
    char name[PATH_MAX + 64];
    snprintf(name, sizeof name, "%s/%lu.names", shadow, (unsigned long)is->st_ino);
    FILE *to = fopen(name, "w");
    DIR *folder = opendir(path);
    struct dirent *found;
    if (to == NULL || folder == NULL) abort();
    while ((found = readdir(folder)) != NULL)
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0)
            fprintf(to, "%lu %c %s\n", (unsigned long)found->d_ino,
                    found->d_type == DT_DIR ? 'd' : 'f', found->d_name);
    closedir(folder), fclose(to);
}

static void keep(int fd, const char *path) {
    struct stat is;
    if (shadow[0] == 0 || trace < 0 || fnmatch(files, path, 0) != 0 || fstat(fd, &is) != 0) return;
    inside = 1;
    if (S_ISDIR(is.st_mode)) list_folder(path, &is); else copy_file(fd, &is);
    inside = 0;
}

/* Keeps the inode of a file that loses its name: given to another, it would confuse the copies. */
static void bury(const char *path) {
    char name[PATH_MAX + 64];
    struct stat is;
    if (shadow[0] == 0 || trace < 0 || lstat(path, &is) != 0) return;
    snprintf(name, sizeof name, "%s/%lu.gone", shadow, (unsigned long)is.st_ino);
    REAL(link)(path, name);
}

#define AROUND(call, path, result, done, torn)                                  \
    int mine;                                                                   \
    enum verdict verdict = decide(call, path, &mine);                           \
    if (verdict == FAIL) { errno = number; return -1; }                         \
    result = verdict == TEAR ? torn : done;                                     \
    int kept = errno;                                                           \
    after(mine);                                                                \
    errno = kept

ssize_t write(int fd, const void *octets, size_t length) {
    char path[PATH_MAX];
    if (trace < 0) return REAL(write)(fd, octets, length);
    AROUND("write", path_of(fd, path), ssize_t result, REAL(write)(fd, octets, length),
           REAL(write)(fd, octets, length / 2));
    return result;
}

static ssize_t place(int fd, const void *octets, size_t length, off64_t at) {
    char path[PATH_MAX];
    AROUND("pwrite", path_of(fd, path), ssize_t result, REAL(pwrite64)(fd, octets, length, at),
           REAL(pwrite64)(fd, octets, length / 2, at));
    return result;
}

ssize_t pwrite(int fd, const void *octets, size_t length, off_t at) {
    return place(fd, octets, length, at);
}

ssize_t pwrite64(int fd, const void *octets, size_t length, off64_t at) {
    return place(fd, octets, length, at);
}

/* A kill after a sync must come after its copy: the copy is what the sync has made durable. */
#define SYNC(name)                                                              \
    static int kept_##name(int fd, const char *path) {                          \
        int result = REAL(name)(fd);                                            \
        if (result == 0) keep(fd, path);                                        \
        return result;                                                          \
    }                                                                           \
    int name(int fd) {                                                          \
        char path[PATH_MAX];                                                    \
        AROUND(#name, path_of(fd, path), int result, kept_##name(fd, path), 0); \
        return result;                                                          \
    }

SYNC(fsync)
SYNC(fdatasync)

static int cut(int fd, off64_t length) {
    char path[PATH_MAX];
    AROUND("ftruncate", path_of(fd, path), int result, REAL(ftruncate64)(fd, length), 0);
    return result;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

/* A socket has the name of the one that it leads to; where that is none in a folder, it is let be.
 * What asks a database to commit is told from what else is sent.
 * Cut, neither side hears any more of the other; what was sent before still arrives. */
ssize_t send(int fd, const void *octets, size_t length, int flags) {
    struct sockaddr_un to = {0};
    socklen_t size = sizeof to - 1;
    if (trace < 0 || getpeername(fd, (struct sockaddr *)&to, &size) != 0 || to.sun_family != AF_UNIX)
        return REAL(send)(fd, octets, length, flags);
    const char *call = memmem(octets, length, "COMMIT", 6) == NULL ? "send" : "commit";
    int before = manner == CUT_BEFORE, behind = manner == CUT_AFTER, at = count + 1;
    if (before && at == target && matches(call, to.sun_path)) shutdown(fd, SHUT_RDWR);
    AROUND(call, to.sun_path, ssize_t result, REAL(send)(fd, octets, length, flags),
           REAL(send)(fd, octets, length / 2, flags));
    if (behind && mine) shutdown(fd, SHUT_RDWR);
    errno = kept;
    return result;
}

int rename(const char *from, const char *to) {
    char name[PATH_MAX];
    AROUND("rename", whole(to, name), int result, (bury(to), REAL(rename)(from, to)), 0);
    return result;
}

int unlink(const char *path) {
    char name[PATH_MAX];
    AROUND("unlink", whole(path, name), int result, (bury(path), REAL(unlink)(path)), 0);
    return result;
}

int link(const char *from, const char *to) {
    char name[PATH_MAX];
    AROUND("link", whole(to, name), int result, REAL(link)(from, to), 0);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    char name[PATH_MAX];
    AROUND("mkdir", whole(path, name), int result, REAL(mkdir)(path, mode), 0);
    return result;
}

int rmdir(const char *path) {
    char name[PATH_MAX];
    AROUND("rmdir", whole(path, name), int result, REAL(rmdir)(path), 0);
    return result;
}
