"""Bodies of a call that are no update: too deep, no JSON, an id that is none."""

HOSTILE_BODIES = [
    b"[" * 100_000,
    b'{"update_id": 1, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"update_id": 1, "x": ' + b'{"x": ' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    b'{"update_id": NaN}',
    b'{"update_id": 1, "x": Infinity}',
    b'{"update_id": 1, "x": -Infinity}',
    b'{"update_id": 1, "update_id": 2}',
    b'{"update_id": 1, "message": {"chat": {"id": 7, "id": 8}}}',
    b'{"update_id": true}',
    b'{"update_id": 1.0}',
    b'{"update_id": "1"}',
    b'{"update_id": null}',
    b'{"update_id": ' + b"9" * 5000 + b"}",
    b'{"update_id": 9223372036854775808}',
    b"null",
    b'"' + b"x" * 1_000_000 + b'"',
    b"\xff\xfe",
    b"",
]
