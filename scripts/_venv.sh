# Sourced: makes .venv with the wanted extras when it is not there, or made from other dependencies than now.
# Only needs Python 3.11 or newer with pip.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv="$top/.venv"

ensure_venv() { # ensure_venv NAME PIP_TARGET
  local mark="$venv/.installed-$1" python
  if [ -e "$mark" ] && cmp -s "$mark" "$top/pyproject.toml"; then return 0; fi
  if [ ! -x "$venv/bin/python" ]; then
    for python in python3.11 python3.12 python3.13 python3; do
      if command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi
      python=
    done
    if [ -z "$python" ]; then
      echo "cq: needs Python 3.11 or newer" >&2
      return 2
    fi
    echo "cq: setting up $venv (once)" >&2
    "$python" -m venv "$venv" >&2
  fi
  "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --editable "$2" >&2
  cp "$top/pyproject.toml" "$mark"
}
