"""What happens between a request and its answer: the way, the pace, the manners."""
