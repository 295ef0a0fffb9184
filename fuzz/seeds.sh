#!/usr/bin/env bash
# Adds seeds from the small data set, the real data and the fixtures of the tests to the corpora. The
# first letter of a seed of `yaml`, `csv` and `dataset` chooses the file; see the targets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
data=../data fixtures=../tests/fixtures limit=6000

# seed TARGET LETTER FILE…: each file that is not too long, behind the letter; `-` is no letter.
seed() {
    local target="$1" letter="${2#-}" file
    mkdir -p "corpus/$target"
    for file in "${@:3}"; do
        [ "$(stat -c %s "$file")" -le "$limit" ] || continue
        { printf %s "$letter"; cat "$file"; } >"$scratch/seed"
        cp "$scratch/seed" "corpus/$target/$(sha1sum <"$scratch/seed" | cut -c-40)"
    done
}

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

seed yaml a small/strategie.yaml $data/strategie.yaml
seed yaml b small/subjekty.yaml $data/subjekty.yaml
seed yaml c $data/prijato.yaml
seed yaml d small/opatreni/*.yaml $data/opatreni/10.yaml $data/opatreni/13.yaml
seed yaml e small/obdobi/*/obdobi.yaml $fixtures/2025*/obdobi/2025/obdobi.yaml
seed yaml f small/obdobi/*/podklady/*.yaml $fixtures/2025/obdobi/2025/podklady/l*.yaml
seed yaml g small/obdobi/2025/vyhodnoceni.yaml
seed yaml h $data/obdobi/2023/zmrazeni.yaml
seed yaml i small/obdobi/2025/pripominky.yaml
seed csv a small/obdobi/*/podklady/*.csv $data/obdobi/2023/podklady/*.csv $fixtures/2025*/obdobi/2025/podklady/*.csv
seed csv b $fixtures/2025-pripominky/obdobi/2025/pripominky.csv
letters=abcdefghijklmnopqr
index=0
for file in obdobi/2023/obdobi.yaml obdobi/2023/podklady/{osv.yaml,oz.csv} obdobi/2025/obdobi.yaml \
    obdobi/2025/podklady/{osv.yaml,oz.csv} obdobi/2025/{pripominky.yaml,shrnuti.md,uvod.md,vyhodnoceni.yaml} \
    opatreni/{01,02}.yaml strategie.yaml subjekty.yaml; do
    seed dataset "${letters:index:1}" "small/$file"
    index=$((index + 1))
done
seed dataset o $data/prijato.yaml
seed dataset q $fixtures/2025-pripominky/obdobi/2025/pripominky.csv
seed dataset r small/subjekty.yaml
for text in '12/2024' 'průběžně do 12/2027' 'po přijetí zákona' 'prosinec 2024' '31. 12. 2024' IX/2 XIII 2023 ČÁSTEČNĚ \
    'ČÁSTEČNĚ PLNĚNO' 'okruh IX' Shrnutí 'přijato částečně' '1 250,75' '−12.5' 'https://example.cz/?a=b#c' \
    'urad@example.cz' $'první\n\n  druhý: „a“ #b' '- a: b' "'\"\\"; do
    printf %s "$text" >"$scratch/text"
    seed texts - "$scratch/text"
done
for file in ../data/obdobi/2023/{uvod,shrnuti}.md ../src/typography.rs small/obdobi/2023/podklady/osv.yaml; do
    split --lines=12 "$file" "$scratch/part."
    seed typography - "$scratch"/part.*
    seed markdown - "$scratch"/part.*
    rm "$scratch"/part.*
done
# Filled forms: the cells of the sheet, CSV and YAML.
seed forms - small/formulare/*
