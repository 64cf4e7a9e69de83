"""The only reader of YAML and front matter, and the only writer of files.

Reading keeps line and column of every key, and refuses what a careful reader would stumble over: duplicate
keys, aliases, tabs, other encodings. Writing is all or nothing: beside the target first, then renamed.
"""

from contractgen.files.folders import cache_folder, cached, data_folder
from contractgen.files.loaded import Loaded
from contractgen.files.reading import decode, read_bytes, read_text, unreadable
from contractgen.files.reasons import reason, wrong_form
from contractgen.files.text import check_text, safe_name
from contractgen.files.writing import write_all, write_new
from contractgen.files.yaml import load_data, load_folder, load_front_matter, load_yaml

__all__ = [
    "Loaded",
    "cache_folder",
    "cached",
    "check_text",
    "data_folder",
    "decode",
    "load_data",
    "load_folder",
    "load_front_matter",
    "load_yaml",
    "read_bytes",
    "read_text",
    "reason",
    "safe_name",
    "unreadable",
    "write_all",
    "write_new",
    "wrong_form",
]
