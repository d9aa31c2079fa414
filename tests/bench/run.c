/*
 * run - runs a command and prints what it took: wall seconds and the peak memory in KiB of its
 * largest process, "1.234567 45678". Its standard output is thrown away.
 *
 *   run [-C DIR] [-x CODE] COMMAND [ARGUMENT...]
 *
 * -C: in this folder. -x: this exit code is as good as 0 (an audit that finds something says 2).
 * Exit: that of the command, 127 when it could not be run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void become(char **command, const char *dir)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0) {
		perror("/dev/null");
	} else if (dir && chdir(dir) != 0) {
		perror(dir);
	} else {
		execvp(command[0], command);
		perror(command[0]);
	}
	_exit(127);
}

int main(int argc, char **argv)
{
	const char *dir = NULL;
	struct rusage used;
	int opt, status, also = 0, code;
	double start, end;
	pid_t pid;

	while ((opt = getopt(argc, argv, "+C:x:")) != -1) {
		if (opt == 'C')
			dir = optarg;
		else if (opt == 'x')
			also = atoi(optarg);
		else
			return 127;
	}
	if (optind == argc) {
		fprintf(stderr, "usage: run [-C DIR] [-x CODE] COMMAND [ARGUMENT...]\n");
		return 127;
	}
	start = now();
	/* The peak of a child begins with what its parent holds: so nothing is allocated here. */
	pid = fork();
	if (pid == 0)
		become(argv + optind, dir);
	if (pid < 0 || wait4(pid, &status, 0, &used) < 0) {
		perror("run");
		return 127;
	}
	end = now();
	code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (code != 0 && code != also)
		return code;
	printf("%.6f %ld\n", end - start, used.ru_maxrss);
	return 0;
}
