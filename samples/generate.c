/*
 * rasoat-samples - synthetic extracts: the committed sample set, and sets of any size.
 *
 * Nothing in them is about a real person, unit or case.
 */
#include "generate.h"

#include <getopt.h>
#include <stdlib.h>

static const char usage[] =
	"usage: rasoat-samples --sample --out DIR\n"
	"       rasoat-samples [--seed N] [--units N] [--accounts N] [--cases N] [--as-of DATE] --out DIR\n"
	"\n"
	"  --sample      the committed sample set, with the planted items of samples/README.md\n"
	"  --seed N      another set for another N (1)\n"
	"  --units N     units of the organisation, 1 to 10000 (700)\n"
	"  --accounts N  accounts, with 2.5 grants each (100000)\n"
	"  --cases N     cases, with 4 events each, and their petitions and visits (50000)\n"
	"  --as-of DATE  the day the lists are drawn up (2026-10-05)\n"
	"  --out DIR     where the extracts go\n";

static long number(const char *option, const char *text, long low, long high)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*end || end == text || n < low || n > high) {
		(void)fprintf(stderr, "error: --%s %s: a number from %ld to %ld is needed\n", option, text,
			      low, high);
		exit(1);
	}
	return n;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "sample", no_argument, NULL, 'x' },	      { "seed", required_argument, NULL, 's' },
		{ "units", required_argument, NULL, 'u' },    { "accounts", required_argument, NULL, 'a' },
		{ "cases", required_argument, NULL, 'c' },    { "as-of", required_argument, NULL, 'd' },
		{ "out", required_argument, NULL, 'o' },      { "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct size size = { 1, 700, 100000, 50000, day_of(2026, 10, 5) };
	const char *out = NULL;
	bool sample = false;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) { // NOLINT(concurrency-mt-unsafe)
		switch (c) {
		case 'x': sample = true; break;
		case 's': size.seed = (uint64_t)number("seed", optarg, 0, 1000000000); break;
		case 'u': size.units = number("units", optarg, 1, 10000); break;
		case 'a': size.accounts = number("accounts", optarg, 0, 100000000); break;
		case 'c': size.cases = number("cases", optarg, 0, 100000000); break;
		case 'd': size.as_of = day_parse(optarg); break;
		case 'o': out = optarg; break;
		case 'h': return fputs(usage, stdout) < 0;
		default: (void)fputs(usage, stderr); return 1;
		}
	}
	if (!out || optind < argc || size.as_of == NO_DAY) {
		(void)fputs(usage, stderr);
		return 1;
	}
	if (sample)
		generate_sample(out);
	else
		generate_bulk(out, &size);
	return 0;
}
