"""What the parts of a Python source are, for colouring. No Qt; Pygments is brought in with the first call."""

Span = tuple[int, int, str]
"""Start and length in a line, in UTF-16 units as Qt counts them, and the kind."""
KINDS = ("keyword", "literal", "comment", "name")
"""`name`: what is defined here. All else is plain text."""


def python_spans(source: str) -> list[list[Span]]:
    """The spans of each line of a Python source; source that is none has few of them."""
    from pygments.lexers.python import PythonLexer

    lines: list[list[Span]] = [[]]
    at = 0
    # The lexer must neither strip nor add lines: they are counted.
    for token, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        kind = _kind(str(token))
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append([])
                at = 0
            length = len(part) if part.isascii() else len(part.encode("utf-16-le")) // 2
            if kind and length:
                lines[-1].append((at, length, kind))
            at += length
    return lines


def _kind(token: str) -> str:
    if token.startswith(("Token.Keyword", "Token.Operator.Word")):
        return "keyword"
    if token.startswith(("Token.Comment", "Token.Literal.String.Doc")):
        return "comment"
    if token.startswith("Token.Literal"):
        return "literal"
    return "name" if token in ("Token.Name.Function", "Token.Name.Class", "Token.Name.Decorator") else ""
