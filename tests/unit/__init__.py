"""Tests of single modules, laid out as finnews is."""
