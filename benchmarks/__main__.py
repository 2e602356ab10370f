"""``make bench``: reading and archiving. Run those that take long or need a server by name."""

from benchmarks import archive, reading

if __name__ == "__main__":
    for benchmark in (reading, archive):
        print(str(benchmark.__doc__).splitlines()[0], flush=True)
        benchmark.main()
