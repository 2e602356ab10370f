"""``make bench``: reading, archiving, accuracy. Run by name those that take long or a server."""

from benchmarks import archive, reading
from benchmarks.accuracy import __main__ as accuracy

if __name__ == "__main__":
    for benchmark in (reading, archive, accuracy):
        print(str(benchmark.__doc__).splitlines()[0], flush=True)
        benchmark.main()
