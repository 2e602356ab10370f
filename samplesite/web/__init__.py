"""How it is served: views and templates, the site without a socket, the HTTP server.

Imports `samplesite.content` and `samplesite.faults`. The site sends few line breaks, and templates
break lines nevertheless: ``{# -#}`` at the end of a line keeps break and indentation off the page.
"""
