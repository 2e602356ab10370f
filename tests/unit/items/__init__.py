"""Tests of kinds of items."""
