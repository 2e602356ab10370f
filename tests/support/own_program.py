"""A program of one's own that runs a spider: SITE OUTPUT SPIDER [ARGUMENT=VALUE …]."""

import sys

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from finnews.reporting.report import run_status

if __name__ == "__main__":
    site, output, spider, *words = sys.argv[1:]
    settings = get_project_settings()
    settings.setdict({"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0}, "cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    process.crawl(crawler, **dict(word.split("=", 1) for word in words))
    process.start()
    sys.exit(run_status(crawler))
