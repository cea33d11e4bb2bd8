# SPDX-License-Identifier: GPL-2.0-only
"""The members of all JSON that the program writes, for cxl-sr-json(5), from its schemas."""

import json
import re
import textwrap

import docs

PAGE = docs.MAN / "cxl-sr-json.5.adoc"
FIRST, LAST = "== MEMBERS\n\n", "== FILES\n"
# More values than these are told elsewhere.
MANY = 12


def schemas():
    return [json.loads(path.read_text())
            for path in sorted((docs.SOURCE / "cxl-sr").glob("*.schema.json"))]


def is_object(node):
    return "properties" in node


def reference(node):
    return node["$ref"].split("/")[-1] if "$ref" in node else None


def word(value):
    return "null" if value is None else str(value).lower() if isinstance(value, bool) \
        else f'"{value}"'


def one_type(name, node):
    if name == "string":
        return "address" if "0x" in node.get("pattern", "") else "text"
    if name == "array":
        return f"array of {kind(node['items'])}" if "items" in node else "array"
    return {"integer": "number", "boolean": "true or false"}.get(name, name)


def kind(node):
    """What a value is, in words; the name of an object that is described by itself."""
    name = reference(node)
    if name:
        target = kind.schema["$defs"][name]
        return name if is_object(target) or "allOf" in target else kind(target)
    if "const" in node:
        return word(node["const"])
    if "enum" in node:
        if len(node["enum"]) > MANY:
            return "text, one of those in the schema"
        return ", ".join(map(word, node["enum"]))
    if "anyOf" in node:
        return " or ".join(kind(item) for item in node["anyOf"])
    types = node.get("type", "object")
    types = [types] if isinstance(types, str) else types
    if len(types) > 3:
        return "any value"
    return " or ".join(one_type(item, node) for item in types)


def description(node):
    text = node.get("description")
    if not text and reference(node):
        text = kind.schema["$defs"][reference(node)].get("description")
    return text


def properties(node):
    # A member that is forbidden has false for its schema.
    return {key: value for key, value in node.get("properties", {}).items() if value}


def common(node):
    """The object whose members this one has, too."""
    names = [reference(part) for part in node.get("allOf", []) if reference(part)]
    return [name for name in names if properties(kind.schema["$defs"][name])]


def sentence(text):
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def wrapped(text):
    return textwrap.wrap(text, 94, break_long_words=False, break_on_hyphens=False)


def objects(name, node):
    """(name, schema) of an object and of those inside that have no name of their own."""
    yield name, node
    for key, value in properties(node).items():
        inner = value.get("items", value)
        if is_object(inner):
            yield from objects(f"{name}.{key}" if name else key, inner)


def entries(name, node):
    lines = [f"==== {name}", ""] if name else []
    if name and "description" in node:
        lines += wrapped(sentence(node["description"])) + [""]
    for other in common(node):
        lines += [f"It has all members of {other}, and these:", ""]
    for key, value in properties(node).items():
        inner = value.get("items", value)
        what = kind(value)
        if is_object(inner):
            what = f"{'array of objects' if 'items' in value else 'object'}, see below"
        about = description(value)
        text = f"{sentence(what)} {sentence(about)}" if about else sentence(what)
        lines += [f"*{key}*::", *wrapped(text), ""]
    return lines


def of_schema(schema):
    kind.schema = schema
    lines = [f"=== {schema['title']}", "", *wrapped(schema["description"]), ""]
    top = list(objects("", schema))
    named = [item for name, node in schema.get("$defs", {}).items() 
             if properties(node)
             for item in objects(name, node)]
    for name, node in top + named:
        lines += entries(name, node)
    return lines


def members():
    """The part of the page that is written by make-json."""
    return "\n".join(line for schema in schemas() for line in of_schema(schema)) + "\n"


def parts(text):
    before, rest = text.split(FIRST, 1)
    return before + FIRST, *re.split(f"(?={LAST})", rest, maxsplit=1)
