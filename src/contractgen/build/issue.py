"""An issue: the files of one agreement in the wanted formats, and the record of what went into them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contractgen.agreement import Agreement
from contractgen.build.rendering import render, texts, tools
from contractgen.document import Document
from contractgen.document.saved import to_json
from contractgen.formats.seen import STAMP
from contractgen.record import ENDING, FORM, MANIFEST, manifest, packed, sealed, to_bytes


@dataclass(frozen=True, slots=True)
class Issue:
    """What is printed, and the facts that its record keeps.

    Attributes:
        name: of the files, without ending.
        document: what is printed.
        final: whether it is the text to sign.
        annotate: whether it shows notes.
        profile_file: name of the profile, without folder.
        profile: the firm's facts as they were written.
        findings: what was found, as plain JSON.
        library: the files of the clauses and law behind it.
        more: what else its record tells, such as of which contract it is an amendment.
        beside: further texts that its record keeps, in sections, by name.
    """

    name: str
    agreement: Agreement
    document: Document
    final: bool
    annotate: bool
    profile_file: str
    profile: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]]
    library: Mapping[str, str]
    more: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, list[list[Any]]] = field(default_factory=dict)

    def files(self, formats: Sequence[str], template: bytes | None) -> dict[str, bytes]:
        """Every file by name, the record last."""
        held = manifest(self.agreement)
        properties = {**self.document.properties, STAMP: held["agreement"]}
        document = replace(self.document, properties=properties)
        made = render(document, formats, {MANIFEST: to_bytes(held)}, template)
        files = {f"{self.name}.{kind}": data for kind, data in made.items()}
        left_out = self.agreement.left_out
        record = {
            "form": FORM,
            "name": self.name,
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
            "options": {"final": self.final, "annotate": self.annotate},
            "manifest": held,
            "profile_file": self.profile_file,
            "profile": self.profile,
            "left_out": [{"clause": str(clause), "reason": reason} for clause, reason in left_out],
            "findings": self.findings,
            **self.more,
            "made_with": tools(formats, template),
            "template": None if template is None else base64.b64encode(template).decode(),
            "packed": packed(
                {
                    "document": to_json(document),
                    "texts": {**texts(document, made), **self.beside},
                    "library": self.library,
                }
            ),
        }
        return {**files, f"{self.name}{ENDING}": sealed(record)}
