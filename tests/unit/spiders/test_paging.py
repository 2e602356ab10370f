"""The pages of lists, by their addresses."""

from finnews.pages.base import Link
from finnews.site import FINANZEN_NET
from finnews.spiders.news import NewsSpider
from finnews.spiders.paging import list_pages

LIST = "https://www.finanzen.net/index/dax/marktberichte"


def test_a_list_that_came_from_another_host_of_the_site_has_its_pages() -> None:
    """Links have the site's own; so has the name by which the list is known."""
    links = [Link(f"{LIST}?p=2"), Link("https://www.finanzen.net/analysen?p=3")]
    addresses = ["https://finanzen.net/index/dax/marktberichte", f"{LIST}/", f"{LIST}?p=7"]
    assert [list(list_pages(links, address)) for address in addresses] == [[2]] * 3
    spider = NewsSpider()
    spider.site = FINANZEN_NET
    assert {spider.list_url(address) for address in addresses} == {LIST}
