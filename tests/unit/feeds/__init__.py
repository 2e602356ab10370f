"""Tests of `finnews.feeds`."""
