#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <rasoat/err.h>
#include <rasoat/outfile.h>
#include <rasoat/str.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every test runs in an empty folder of its own. */
static int enter_folder(void **state)
{
	const char *base = getenv("TMPDIR");
	struct str path = STR_INIT;

	str_addf(&path, "%s/rasoat-outfile-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path.p));
	assert_int_equal(chdir(path.p), 0);
	assert_int_equal(chmod(path.p, 0777), 0); /* one test gives up being root */
	*state = strdup(path.p);
	str_free(&path);
	return 0;
}

static int leave_folder(void **state)
{
	CLEANUP(str_free) struct str command = STR_INIT;

	assert_int_equal(chdir("/"), 0);
	str_addf(&command, "chmod -R u+rwx %s; rm -rf %s", (char *)*state, (char *)*state);
	assert_int_equal(system(command.p), 0);
	free(*state);
	return 0;
}

static void write_old(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("old", f);
	assert_int_equal(fclose(f), 0);
}

static void expect_text(const char *path, const char *want)
{
	struct err e = ERR_INIT;
	char *text;
	size_t n;

	assert_int_equal(read_file(path, 1000000, &text, &n, &e), ST_OK);
	assert_string_equal(text, want);
	assert_int_equal(n, strlen(want));
	free(text);
}

static int entries(const char *folder)
{
	DIR *dir = opendir(folder);
	int n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2; /* . and .. */
}

static struct outfile *open_ok(const char *path)
{
	struct outfile *o = NULL;
	struct err e = ERR_INIT;

	assert_int_equal(outfile_open(path, &o, &e), ST_OK);
	assert_string_equal(e.text, "");
	return o;
}

static void expect_open_error(const char *path, const char *want)
{
	struct outfile *o = NULL;
	struct err e = ERR_INIT;

	assert_int_equal(outfile_open(path, &o, &e), ST_ERR);
	assert_string_equal(e.text, want);
	assert_null(o);
}

static void test_commit(void **state)
{
	struct err e = ERR_INIT;
	struct outfile *o = open_ok("a/b/report.txt");

	(void)state;
	assert_string_equal(outfile_path(o), "a/b/report.txt");
	assert_non_null(strstr(outfile_temp_path(o), "a/b/.report.txt."));
	fputs("new", outfile_stream(o));
	assert_ptr_equal(outfile_stream(o), outfile_stream(o));
	assert_int_equal(outfile_finish(o, &e), ST_OK);
	assert_int_not_equal(access("a/b/report.txt", F_OK), 0); /* not before the commit */
	assert_int_equal(outfile_commit(o, &e), ST_OK);
	expect_text("a/b/report.txt", "new");
	assert_int_equal(entries("a/b"), 1);
}

/* A library that opens the temporary path by itself, even one that removes it first. */
static void test_written_by_path(void **state)
{
	struct err e = ERR_INIT;
	struct outfile *o = open_ok("r.txt");

	(void)state;
	unlink(outfile_temp_path(o));
	write_old(outfile_temp_path(o));
	assert_int_equal(outfile_commit(o, &e), ST_OK);
	expect_text("r.txt", "old");
	assert_int_equal(entries("."), 1);
}

static void test_drop_keeps_old(void **state)
{
	struct outfile *o;

	(void)state;
	write_old("r.txt");
	o = open_ok("r.txt");
	fputs("half of a new rep", outfile_stream(o));
	outfile_drop(o);
	expect_text("r.txt", "old");
	assert_int_equal(entries("."), 1);
	o = open_ok("none.txt");
	outfile_cleanup(&o);
	assert_null(o);
	assert_int_equal(entries("."), 1);
	outfile_drop(NULL);
}

/* A run killed in the middle leaves the old file; the next run clears its temporary away. */
static void test_killed(void **state)
{
	struct outfile *o;
	pid_t child;
	int status;

	(void)state;
	write_old("r.txt");
	write_old(".r.txt.note.part"); /* not one of ours */
	child = fork();
	if (child == 0) {
		o = open_ok("r.txt");
		fputs("half", outfile_stream(o));
		fflush(outfile_stream(o));
		raise(SIGKILL);
	}
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	expect_text("r.txt", "old");
	assert_int_equal(entries("."), 3);
	o = open_ok("r.txt");
	assert_int_equal(entries("."), 3); /* the old temporary went, a new one came */
	outfile_drop(o);
	assert_int_equal(entries("."), 2);
}

/* Where process ids repeat, the temporary of a dead run may carry our own id. */
static void test_left_over_with_our_id(void **state)
{
	CLEANUP(str_free) struct str name = STR_INIT;

	(void)state;
	str_addf(&name, ".r.txt.%ld.part", (long)getpid());
	write_old(name.p);
	outfile_drop(open_ok("r.txt"));
	assert_int_equal(entries("."), 0);
}

static void test_same_name_twice(void **state)
{
	struct outfile *first = open_ok("r.txt");
	struct err e = ERR_INIT;

	(void)state;
	expect_open_error("r.txt", "r.txt: is being written already; give each output its own name");
	fputs("first", outfile_stream(first));
	assert_int_equal(outfile_commit(first, &e), ST_OK);
	expect_text("r.txt", "first");
}

static void test_mode_and_link_stay(void **state)
{
	struct err e = ERR_INIT;
	struct outfile *o;
	struct stat st;

	(void)state;
	write_old("r.txt");
	assert_int_equal(chmod("r.txt", 0600), 0);
	assert_int_equal(symlink("r.txt", "link.txt"), 0);
	o = open_ok("link.txt");
	fputs("new", outfile_stream(o));
	assert_int_equal(outfile_commit(o, &e), ST_OK);
	expect_text("r.txt", "new");
	assert_int_equal(lstat("link.txt", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat("r.txt", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_open_errors(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0777), 0);
	write_old("file");
	expect_open_error("folder", "folder: this is a folder; give a file name");
	expect_open_error("new/", "new/: this is a folder; give a file name");
	expect_open_error("/dev/null", "/dev/null: not a plain file; choose another name");
	expect_open_error("file/r.txt", "file/: cannot create the folder: Not a directory; "
					"a part of the path is a file, choose another name");
}

static void test_read_only_folder(void **state)
{
	bool root = geteuid() == 0;

	(void)state;
	assert_int_equal(mkdir("locked", 0555), 0);
	if (root) /* nothing is read-only for root */
		assert_int_equal(seteuid(65534), 0);
	expect_open_error("locked/r.txt", "locked/r.txt: cannot write: Permission denied; "
					  "change the permissions or choose another folder");
	expect_open_error("locked/more/r.txt",
			  "locked/more/: cannot create the folder: Permission denied; "
			  "change the permissions or choose another folder");
	if (root)
		assert_int_equal(seteuid(0), 0);
}

/* A limit on the file size stands for a full disk: both let a write fail. */
static void test_full_disk(void **state)
{
	struct rlimit old, small;
	struct err e = ERR_INIT;
	struct outfile *o;
	int code;

	(void)state;
	write_old("r.txt");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 10000;
	o = open_ok("r.txt");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 0; i < 20000; i++)
		fputc('x', outfile_stream(o));
	code = outfile_commit(o, &e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(code, ST_ERR);
	assert_string_equal(e.text, "r.txt: cannot write: File too large; "
				    "the file is larger than this user may write");
	expect_text("r.txt", "old");
	assert_int_equal(entries("."), 1);
}

static void test_make_dirs(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(make_dirs("a//b/c/", &e), ST_OK);
	assert_int_equal(make_dirs("a/b/c", &e), ST_OK);
	assert_int_equal(make_dirs("/", &e), ST_OK);
	assert_int_equal(make_dirs(".", &e), ST_OK);
	assert_int_equal(make_dirs("", &e), ST_OK);
	assert_int_equal(access("a/b/c", F_OK), 0);
	write_old("a/file");
	assert_int_equal(make_dirs("a/file", &e), ST_ERR);
	assert_string_equal(e.text, "a/file: cannot create the folder: Not a directory; "
				    "a part of the path is a file, choose another name");
}

static void test_read_file(void **state)
{
	struct err e = ERR_INIT;
	char *text = NULL;
	size_t n = 42;

	(void)state;
	write_old("r.txt");
	assert_int_equal(read_file("r.txt", 3, &text, &n, &e), ST_OK);
	assert_string_equal(text, "old");
	free(text);
	assert_int_equal(read_file("/dev/null", 0, &text, &n, &e), ST_OK);
	assert_int_equal(n, 0);
	assert_string_equal(text, "");
	free(text);
	text = NULL;
	assert_int_equal(read_file("r.txt", 2, &text, &n, &e), ST_ERR);
	assert_string_equal(e.text, "r.txt: larger than 2 bytes; give a smaller file");
	assert_int_equal(read_file("/dev/zero", 100000, &text, &n, &e), ST_ERR);
	assert_int_equal(read_file("none.txt", 100, &text, &n, &e), ST_ERR);
	assert_string_equal(e.text,
			    "none.txt: cannot read: No such file or directory; check the name");
	assert_int_equal(read_file(".", 100, &text, &n, &e), ST_ERR);
	assert_string_equal(e.text, ".: this is a folder; give a file name");
	assert_null(text);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_commit),		 IN_FOLDER(test_written_by_path),
		IN_FOLDER(test_drop_keeps_old),	 IN_FOLDER(test_killed),
		IN_FOLDER(test_left_over_with_our_id), IN_FOLDER(test_same_name_twice),
		IN_FOLDER(test_mode_and_link_stay), IN_FOLDER(test_open_errors),
		IN_FOLDER(test_read_only_folder), IN_FOLDER(test_full_disk),
		IN_FOLDER(test_make_dirs),	 IN_FOLDER(test_read_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
