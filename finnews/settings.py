"""The settings that differ from Scrapy's defaults, in the order of a request's life."""

# The project, the site, the output
BOT_NAME = "finnews"
SPIDER_MODULES = ["finnews.spiders"]
COMMANDS_MODULE = "finnews.commands"
SITE_URL = "https://www.finanzen.net"
OUTPUT_DIR = "output"
ARTICLE_BODY = "full"

# Whoever crawls, and complete headers: the site refuses requests without them
CONTACT = None  # an e-mail or web address, part of the agent's name
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de-DE,de;q=0.9,en;q=0.5",
}

# Politeness: obey robots.txt, one request at a time, 1.0 to 1.5 seconds apart; a slow site gets a
# pause as long as its last response took
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "finnews"
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.25
DOWNLOAD_DELAY_JITTER = 0.2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0  # start with DOWNLOAD_DELAY
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
PACE_DIR = None  # where crawls of this machine take turns; None: where temporary files are
COOKIES_ENABLED = False

# Retries: the delay doubles with each failure in a row; Retry-After is obeyed; both have a limit
LONGEST_BACKOFF = 30.0
LONGEST_WAIT = 900.0  # seconds; a longer Retry-After or Crawl-delay counts as a refusal
FAILURES_IN_A_ROW = 10  # pages, each after its retries
REFUSALS_IN_A_ROW = 3
RETRY_PRIORITY_ADJUST = 10  # retry at once, or failing pages would gather at the end

# Transport: HTTP/2 if the server offers it; "http1" uses Scrapy's own HTTP/1.1 handler
TRANSPORT = "http2"
ADDONS = {"finnews.middlewares.transport.Transport": 0, "finnews.middlewares.agent.Agent": 0}
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # finds IPv6 addresses, too

# Responses: a valid certificate, limited time and size
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
REDIRECT_MAX_TIMES = 5
DUPEFILTER_CLASS = "finnews.middlewares.duplicates.RunDupeFilter"
SAVE_PAGES = None  # "warc": keep what came, so that a better reader can read it later
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "finnews.middlewares.robots.RobotsMiddleware": 100,
    "finnews.middlewares.claims.ClaimsMiddleware": 110,
    "finnews.middlewares.blocking.BlockingMiddleware": 540,  # after redirects and retries
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "finnews.middlewares.retry.BackoffRetryMiddleware": 550,
    "finnews.middlewares.offsite.OffsiteRedirectMiddleware": 610,  # next to RedirectMiddleware
    "finnews.middlewares.save_pages.SavePagesMiddleware": 950,  # what came, not yet decompressed
}
METAREFRESH_ENABLED = False
READING_TIMEOUT = 10.0  # seconds of work for a page's text, items or links; usual are hundredths
READING_MEMORY = 200  # times the page's size, and 128 MB; usual is less than 50 times
HTTPERROR_ALLOW_ALL = True  # the spider handles all statuses

# Items: each pipeline makes one decision
CONCURRENT_ITEMS = 1  # in order, so that an article is stored after the other items of its page
ITEM_PIPELINES = {
    "finnews.pipelines.ArticleBodyPipeline": 100,
    "finnews.pipelines.RequiredFieldsPipeline": 200,
    "finnews.pipelines.InstrumentsPipeline": 300,
    "finnews.pipelines.ArchivePipeline": 400,
}
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {
    "jsonlines": "finnews.feeds.exporters.LineExporter",
    "jsonl": "finnews.feeds.exporters.LineExporter",
    "jl": "finnews.feeds.exporters.LineExporter",
    "json": "finnews.feeds.exporters.JsonExporter",
    "csv": "finnews.feeds.sheets.CsvExporter",
    "xml": "finnews.feeds.markup.XmlExporter",
    "pickle": "finnews.feeds.exporters.PickleExporter",
    "marshal": None,  # it has no exact decimals
}

# Reports and logs
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "finnews.feeds.writing.Feeds": 0,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "finnews.middlewares.throttle.Throttle": 0,
    "finnews.reporting.stop_signal.StopSignal": 50,
    "finnews.reporting.report.RunReport": 100,
    "finnews.reporting.progress.ProgressLine": 200,
}
SPIDER_MIDDLEWARES = {
    "finnews.middlewares.in_order.InOrderMiddleware": 10,  # next to the engine
    "finnews.middlewares.repeated.RepeatedItemsMiddleware": 940,
    "finnews.reporting.item_stats.ItemStatsMiddleware": 950,  # next to the spider
}
ALERT_WEBHOOK = None  # URL that gets a POST when a run's exit status is not 0
LOG_LEVEL = "INFO"
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S%z"  # UTC
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"
LOG_FORMATTER = "finnews.reporting.logformatter.OneLineFormatter"
STATS_DUMP = False  # they are in the report

# No remote access to the process
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
