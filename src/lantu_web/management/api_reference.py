"""The readable reference of the API, written from its own description (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

HEAD = """# API

Written by `lantu-web write_api_reference` from the interface's own description (`openapi.json` beside this file,
`/api/v1/openapi.json` on a running site); do not edit.

- **Who calls.** A person makes a token on their own page (*Account → Tokens*), for one zone, for reading or for writing too. Every
  call bears it: `Authorization: Bearer …`. It has the rights that its person's posts give them today, and ends with the token,
  the posts or the person. Cookies count for nothing.
- **How often.** 600 calls a minute for one token, 60 a minute without a valid one from one address; then 429 with `Retry-After`. The
  server counts in its memory, which all its threads share (`LANTU_API_CALLS_PER_MINUTE`, `LANTU_API_STRANGERS_PER_MINUTE`).
- **How large.** JSON up to 5 MB, files up to the site's limit for uploads (50 MB unless it is set otherwise); then 413.
- **Lists** come in pages: `{"items": […], "total": …, "page": …, "page_size": …}`, at most 200 at once.
- **Writes** name the `revision` that was seen. If somebody changed the object meanwhile the answer is 409 and nothing is written.
- **Refusals** have one shape: `{"error": {"code": …, "message": …, "field": …}}`. 401 no valid token; 403 no right (or a token for
  reading); 404 not there, or not to be seen; 409 changed meanwhile, or its state does not allow it; 422 a value that cannot be, with
  its field; 429 too many calls. Messages are in the language of `Accept-Language` (`zh-hans`, `en`).
- **Many at once.** `/tasks/changes` and `/signatures/sign` take many parts, each with its own answer in `items`; with `is_whole` nothing is
  done where one is refused. The status is 200 either way: look at `refused`. Other lists in a request are done wholly or not at all.
- **Being told.** Webhooks send signed messages when something happens; how to receive them, and the Python client, stand in
  [how-to/api.md](../how-to/api.md).
- Dates are ISO 8601; decimals are texts, so that 0.10 stays 0.10.
"""

EXAMPLES = """
## Examples

The examples stand on two variables: `LANTU_URL`, the site's address, and `LANTU_TOKEN`. They are run by the project's tests.

Who am I, and what may I do?

```sh
curl --fail --silent --header "Authorization: Bearer $LANTU_TOKEN" "$LANTU_URL/api/v1/me"
```

Enter a plan, upload its file, and ask how far its reading is:

```sh
plan=$(curl --fail --silent --header "Authorization: Bearer $LANTU_TOKEN" --header "Content-Type: application/json" \\
  --data '{"name": "云溪新区绿色发展行动计划", "kind": "action", "period_start": 2026, "period_end": 2028}' \\
  "$LANTU_URL/api/v1/plans" | sed 's/.*"id": *\\([0-9]*\\), "name".*/\\1/')
printf '云溪新区绿色发展行动计划\\n一、主要目标\\n到2028年，新建绿道30公里。\\n' > plan.txt
curl --fail --silent --header "Authorization: Bearer $LANTU_TOKEN" --form file=@plan.txt "$LANTU_URL/api/v1/plans/$plan/readings"
curl --fail --silent --header "Authorization: Bearer $LANTU_TOKEN" "$LANTU_URL/api/v1/plans/$plan/readings"
```

From Python, with `requests`: every plan in force, page by page, and what each commits to; a refusal says what was wrong.

```python
import os

import requests

session = requests.Session()
session.headers.update({"Authorization": f"Bearer {os.environ['LANTU_TOKEN']}", "Accept-Language": "en"})
site = os.environ["LANTU_URL"] + "/api/v1"


def all_of(path, **query):
    page = 1
    while True:
        answer = session.get(site + path, params={**query, "page": page, "page_size": 200}, timeout=30)
        answer.raise_for_status()
        found = answer.json()
        yield from found["items"]
        if page * found["page_size"] >= found["total"]:
            return
        page += 1


for plan in all_of("/plans", sort="-period"):
    if plan["state"] in ("approved", "adjusted"):
        for item in all_of(f"/plans/{plan['id']}/items", kind="target"):
            print(plan["name"], item["code"], item["original"]["value"], item["content"]["value"])

answer = session.post(site + "/plans", json={"name": ""}, timeout=30)
assert answer.status_code == 422
print(answer.json()["error"])
```
"""


def as_markdown(document: Document) -> str:
    """All operations by area: address, right, input, answers."""
    areas: dict[str, list[tuple[str, str, Document]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            areas.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    parts = [HEAD, EXAMPLES]
    for area, operations in areas.items():
        parts.append(f"\n## {area}\n")
        parts.append("| Operation | Right | Input | Answer |\n| --- | --- | --- | --- |")
        parts.extend(_row(*one) for one in operations)
    parts.append("\n## Inputs and answers\n\n`?` may be left out; `null` may be null.\n")
    parts.extend(_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items()) if "enum" not in schema)
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _row(method: str, path: str, operation: Document) -> str:
    text = operation["summary"] + (f". {operation['description']}" if operation.get("description") else "")
    right = f"`{operation['x-right']}`" if operation["x-right"] else "any token"
    return f"| `{method} {path}`<br>{_safe(text)} | {right} | {_input(operation) or '–'} | {_answer(operation)} |"


def _input(operation: Document) -> str:
    query = [f"`{one['name']}`" for one in operation["parameters"] if one["in"] == "query"]
    body = [_type(content["schema"]) for content in operation.get("requestBody", {}).get("content", {}).values()]
    return "<br>".join([*body, ", ".join(query)] if query else body)


def _answer(operation: Document) -> str:
    for status, answer in operation["responses"].items():
        if int(status) < 300:
            told = [_type(content["schema"]) for content in answer.get("content", {}).values()]
            return f"{status} {told[0] if told else ''}".strip()
    return ""


def _schema(name: str, schema: Document) -> str:
    told = f" {_safe(schema['description'])}" if schema.get("description") else ""
    return f"### {name}\n\n" + (f"{told.strip()}\n\n" if told else "") + "\n".join(_fields(schema)) + "\n"


def _fields(schema: Document) -> Iterator[str]:
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        yield f"- `{name}`{'' if name in required else '?'}: {_type(field)}"


def _type(schema: Document) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema or "allOf" in schema:
        return " or ".join(_type(one) for one in schema.get("anyOf", schema.get("allOf", ())))
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if schema.get("properties"):
        return ", ".join(f"`{name}`" for name in schema["properties"])
    return str(schema.get("format") or schema.get("type") or "anything")


def _safe(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|").replace("<", "&lt;")
