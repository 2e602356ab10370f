"""``make bench``: reading and archiving; what takes long or needs a server is run by its name."""

from benchmarks import archive, reading

if __name__ == "__main__":
    for table in (reading, archive):
        print(str(table.__doc__).splitlines()[0], flush=True)
        table.main()
