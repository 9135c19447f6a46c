"""The shape of an answer, declared once: its fields in order, each with its schema and how it is taken of a record.

The JSON is what the fields take; the JSON Schema (2020-12) that describes it is theirs, derived from the types of the
records and from the fields of the datasets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from transparency.exhibits.exhibit import named_in
from transparency.store import descriptors

Schema = dict[str, Any]
Sources = Mapping[str, Mapping[str, Any]]

COUNT: Schema = {"type": "integer", "minimum": 0}
WARD_CODE: Schema = {"type": "string", "pattern": "^E05\\d{6}$"}
BOROUGH_CODE: Schema = {"type": "string", "pattern": "^E09\\d{6}$"}
_TYPES: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}
_BY_NAME = {"ward_code": WARD_CODE, "borough_code": BOROUGH_CODE}


@dataclass(frozen=True)
class Field:
    """A field of an answer: the schema of its value, and how the value is taken of a record and the sources."""

    schema: Schema
    take: Callable[[Any, Sources], Any]


Shape = Mapping[str, Field]


def value(kind: Any, take: Callable[[Any], Any], words: str = "") -> Field:
    """A value of a type, or of a schema, perhaps described in words."""
    schema = schema_of(kind)
    return Field(schema | {"description": words} if words else schema, lambda record, _sources: take(record))


def same(kind: Any, names: str = "") -> Shape:
    """The named fields of a record, or all, as they are; `status=ward_status` is one under another name."""
    hints = get_type_hints(kind)
    pairs = [(name, taken or name) for name, _, taken in (part.partition("=") for part in names.split() or hints)]
    return {name: value(_BY_NAME.get(name, hints[taken]), named(taken)) for name, taken in pairs}


def row(columns: Iterable[descriptors.Field]) -> Shape:
    """Columns of a dataset, with their meaning."""
    return {each.name: value(_column(each), named(each.name)) for each in columns}


def source(name: str = "source_id") -> Field:
    """The source with an identifier that the record has under a name; null where it has none."""
    return Field(or_null(ref("Source")), lambda record, sources: sources.get(named(name)(record)))


def part(shape: Shape, take: Callable[[Any], Any]) -> Field:
    """An object within the answer."""
    return Field(object_of(shape), lambda record, sources: as_object(shape, take(record), sources))


def maybe(shape: Shape, take: Callable[[Any], Any]) -> Field:
    """The same, and null where there is nothing to take it of."""

    def taken(record: Any, sources: Sources) -> dict[str, Any] | None:
        found = take(record)
        return None if found is None else as_object(shape, found, sources)

    return Field(or_null(object_of(shape)), taken)


def each(shape: Shape, take: Callable[[Any], Iterable[Any]], words: str = "") -> Field:
    """A list of objects within the answer, perhaps described in words."""
    schema: Schema = {"type": "array", "items": object_of(shape)} | ({"description": words} if words else {})
    return Field(schema, lambda record, sources: [as_object(shape, item, sources) for item in take(record)])


def beside(shape: Shape, take: Callable[[Any], Any]) -> Shape:
    """The fields of a shape taken of something within the record, for use among others."""

    def outer(field: Field) -> Field:
        return Field(field.schema, lambda record, sources: field.take(take(record), sources))

    return {name: outer(field) for name, field in shape.items()}


def as_object(shape: Shape, record: Any, sources: Sources) -> dict[str, Any]:
    """A record in the shape of an answer."""
    return {name: field.take(record, sources) for name, field in shape.items()}


def object_of(shape: Shape) -> Schema:
    """The schema of an object of this shape, which may have more."""
    return object_with({name: field.schema for name, field in shape.items()})


def object_with(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def schema_of(kind: Any) -> Schema:
    """The schema of a type: a scalar, an enumeration, a record, a tuple of any, or one of these or None."""
    if isinstance(kind, dict):
        return kind
    if NoneType in get_args(kind):
        return or_null(schema_of(next(inner for inner in get_args(kind) if inner is not NoneType)))
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0])}
    if is_dataclass(kind):
        return object_of(same(kind))
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    return _TYPES[kind]


def named(name: str) -> Callable[[Any], Any]:
    """Take what a record, or a row, has under a name; nothing of nothing."""

    def taken(record: Any) -> Any:
        return None if record is None else named_in(record, name)

    return taken


def itself(record: Any) -> Any:
    return record


def _column(column: descriptors.Field) -> Schema:
    schema: Schema = dict(_TYPES[date]) if column.type == "date" else {"type": column.type}
    if column.enum:
        schema["enum"] = list(column.enum)
    return (schema if column.is_required else or_null(schema)) | {"description": column.description}


def or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
