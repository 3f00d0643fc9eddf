"""The smallest request that an operation accepts, made from the description of the interface alone."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

FORMATS = {"date": "2026-01-01", "uuid": "00000000-0000-4000-8000-000000000000"}


def smallest(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """A value that the schema allows, with what is required and nothing else."""
    if "$ref" in schema:
        return smallest(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document)
    if "allOf" in schema:
        return smallest(schema["allOf"][0], document)
    if "anyOf" in schema:
        return None if {"type": "null"} in schema["anyOf"] else smallest(schema["anyOf"][0], document)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {name: smallest(schema["properties"][name], document) for name in schema.get("required", ())}
        case "array":
            return [smallest(schema["items"], document)] * schema.get("minItems", 0)
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return FORMATS.get(schema.get("format", ""), "x")


def request_of(operation: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """``data`` and ``content_type`` for a test client; empty where the operation takes no body."""
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        data = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("规划.txt", "规划".encode())})
        return {"data": data, "content_type": MULTIPART_CONTENT}
    if "application/json" in content:
        body = smallest(content["application/json"]["schema"], document)
        return {"data": json.dumps(body), "content_type": "application/json"}
    return {}
