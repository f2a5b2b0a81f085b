"""The audit trail: every event carries the hash of the one before, so that no past event can change unseen.

`append` is called in the transaction that does what it records: both happen or neither does. The payload holds digests
of what people wrote, not the words, so that a record can be redacted later without breaking the chain.

An event that freezes a version has its number as `version` and its digest as `digest`. One that changes the content of
a version later has besides them, as `was`, the digest of what stood there before. No other event has both.
"""

from assessments.audit.chain import GENESIS, append, digest, hash_of, hold
from assessments.audit.export import write_export
from assessments.audit.verification import Head, Verification, first_wrong, verify
from assessments.audit.wrong import Wrong

__all__ = [
    "GENESIS",
    "Head",
    "Verification",
    "Wrong",
    "append",
    "digest",
    "first_wrong",
    "hash_of",
    "hold",
    "verify",
    "write_export",
]
