"""Meetings (การประชุม): number n/พ.ศ., agenda, attendance and quorum, recusals, minutes until they are locked."""
