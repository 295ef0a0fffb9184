#!/usr/bin/env bash
# Draws docs/obrazky/formular.png: the first page of a real form as LibreOffice prints it.
# It wants the built program (cargo build), LibreOffice and poppler-utils.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

program="${CARGO_TARGET_DIR:-$PWD/target}/debug/plneni"
cp -R data "$scratch/data"
mkdir -p "$scratch/data/obdobi/2025"
printf 'obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\ntermin_podkladu: 2026-01-31\n' \
    >"$scratch/data/obdobi/2025/obdobi.yaml"
"$program" form 2025 --gestor ORREP --data "$scratch/data" --out "$scratch"
soffice "-env:UserInstallation=file://$scratch/profile" --headless --convert-to pdf --outdir "$scratch" \
    "$scratch/orrep.xlsx" >/dev/null
pdftoppm -png -singlefile -f 1 -l 1 -r 120 -x 38 -y 60 -W 1910 -H 712 "$scratch/orrep.pdf" docs/obrazky/formular
