#!/usr/bin/env bash
# smoke.sh URL: submits an index to the system at the URL, and checks its term in the api and on the page.
set -euo pipefail
script=smoke.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[[ $# -eq 1 && $1 =~ ^https?:// ]] || usage_error "usage: smoke.sh URL, such as smoke.sh http://fib.example.com"
settings SMOKE_TIMEOUT POLL_INTERVAL
require_seconds SMOKE_TIMEOUT POLL_INTERVAL
require_programs curl
url=${1%/}
deadline=$((SECONDS + SMOKE_TIMEOUT))

# fibonacci N: prints F(N), computed in limbs of 17 digits.
fibonacci() {
    local -a a=(0) b=(1)
    local -i n i carry sum limb=100000000000000000
    for ((n = 0; n < $1; n++)); do
        local -a c=()
        carry=0
        for ((i = 0; i < ${#b[@]}; i++)); do
            sum=$((${a[i]:-0} + b[i] + carry))
            carry=$((sum >= limb))
            c+=($((sum - carry * limb)))
        done
        [ "$carry" -eq 0 ] || c+=(1)
        a=("${b[@]}")
        b=("${c[@]}")
    done
    printf '%d' "${a[-1]}"
    for ((i = ${#a[@]} - 2; i >= 0; i--)); do printf '%017d' "${a[i]}"; done
}

request() { curl -sS --max-time 10 -H "Idempotency-Key: smoke-$$-$index" "$@" 2>&1; }

# retry PROBLEM: fails if SMOKE_TIMEOUT has elapsed, otherwise waits for the next attempt.
retry() {
    [ "$SECONDS" -lt "$deadline" ] || fail "$url: $1 within $SMOKE_TIMEOUT s."
    pause
}

# Draws an index that was not submitted before, so that a worker computes it; short enough to be shown in full on the page.
for ((draws = 1; ; draws++)); do
    index=$((RANDOM % 2500 + 2000))
    [ "$(request -o /dev/null -w '%{http_code}' "$url/api/values/$index")" = 200 ] || break
    [ "$draws" -lt 20 ] || { log "the last 20 indexes had terms; a worker that has stopped may not be noticed"; break; }
done
term=$(fibonacci "$index")

until body=$(request -f -X POST -H 'Content-Type: application/json' -d "{\"index\":\"$index\"}" "$url/api/values"); do
    retry "index $index was not accepted ($body)"
done
until [ "$(request -f -o /dev/null -w '%{http_code}' "$url/api/values/$index")" = 200 ] &&
    body=$(request -f "$url/api/values/$index"); do
    retry "index $index has no term"
done
[ "$body" = "$term" ] || fail "$url: the term of index $index is wrong."
# The index's own page, with digits in groups: newer submissions may have displaced it from the first page.
until body=$(request -f "$url/terms/$index" | sed 's/<[^>]*>//g' | tr -d '[:space:]') && [[ $body == *"$term"* ]]; do
    retry "the page does not show the term of index $index"
done
log "$url computed index $index and shows it"
