"""``make demo``: serve the sample site, crawl it and list the files written."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = os.environ.get("DEMO_PORT", "8021")
"""Fixed, so that a second run finds the same URLs and writes nothing new."""

OUTPUT = Path("output") / "demo"
CRAWLS = ("news", "stocks -a index=dax", "ratings")


def main() -> int:
    """Return the first exit status that is not 0."""
    with _sample_site() as address:
        for crawl in CRAWLS:
            print(f"\n$ scrapy crawl {crawl} -s SITE_URL={address} -s OUTPUT_DIR={OUTPUT}")
            status = _crawl(crawl, address)
            if status:
                return status
    print()
    for path in sorted(OUTPUT.rglob("*.jsonl")):
        print(f"{path}  {sum(1 for _ in path.open('rb'))} lines")
    return 0


@contextmanager
def _sample_site() -> Iterator[str]:
    command = [sys.executable, "-m", "samplesite", "--port", PORT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line:
                sys.exit(f"The sample site does not serve on port {PORT}; DEMO_PORT names another.")
            yield line.removeprefix("samplesite: ").strip()
        finally:
            server.terminate()


def _crawl(crawl: str, address: str) -> int:
    settings = {
        "SITE_URL": address,
        "OUTPUT_DIR": OUTPUT,
        "DOWNLOAD_DELAY": 0,  # the sample site needs no courtesy
        "LOG_LEVEL": "WARNING",
    }
    pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", *crawl.split(), *pairs]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
