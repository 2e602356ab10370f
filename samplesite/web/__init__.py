"""How it is served: views and templates, the site without a socket, the HTTP server.

Imports `samplesite.content` and `samplesite.faults`.
"""
