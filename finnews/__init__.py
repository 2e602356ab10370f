"""finnews: news, quotes and analyst ratings of finanzen.net as JSON Lines, each thing once."""
