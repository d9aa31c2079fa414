#include <rasoat/pool.h>

#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdatomic.h>
#include <unistd.h>

struct sums {
	atomic_int begun;
	int done[100];
	int workers[100];
	int fail_from;
};

static enum status square(void *ctx, int worker, int job, struct err *e)
{
	struct sums *s = ctx;

	atomic_fetch_add(&s->begun, 1);
	s->workers[job] = worker;
	if (s->fail_from && job >= s->fail_from) {
		usleep(job == s->fail_from ? 3000 : 0); /* the lowest failure comes last */
		return err_set(e, "job %d", job);
	}
	s->done[job] = job * job;
	return ST_OK;
}

static void test_every_job_runs_once(void **state)
{
	(void)state;
	for (int jobs = 0; jobs <= 7; jobs++) {
		struct sums s = { 0 };
		struct err e = ERR_INIT;

		assert_int_equal(pool_run(jobs, 100, square, &s, &e), ST_OK);
		assert_int_equal(s.begun, 100);
		for (int i = 0; i < 100; i++) {
			assert_int_equal(s.done[i], i * i);
			assert_in_range(s.workers[i], 0, jobs > 1 ? jobs - 1 : 0);
		}
	}
}

static void test_no_jobs(void **state)
{
	struct sums s = { 0 };
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(pool_run(4, 0, square, &s, &e), ST_OK);
	assert_int_equal(s.begun, 0);
}

static void test_the_lowest_failure_is_told(void **state)
{
	(void)state;
	for (int jobs = 1; jobs <= 4; jobs++) {
		struct sums s = { .fail_from = 10 };
		struct err e = ERR_INIT;

		assert_int_equal(pool_run(jobs, 100, square, &s, &e), ST_ERR);
		assert_string_equal(e.text, "job 10");
		assert_in_range(s.begun, 11, 10 + jobs);
		for (int i = 0; i < 10; i++)
			assert_int_equal(s.done[i], i * i);
	}
}

static void test_processors(void **state)
{
	(void)state;
	assert_true(pool_processors() >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_job_runs_once),
		cmocka_unit_test(test_no_jobs),
		cmocka_unit_test(test_the_lowest_failure_is_told),
		cmocka_unit_test(test_processors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
