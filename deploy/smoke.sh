#!/usr/bin/env bash
# smoke.sh URL: sends an index through the system behind the URL, and sees its term come back and stand on a page.
set -euo pipefail
script=smoke.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[[ $# -eq 1 && $1 =~ ^https?:// ]] || wrong "try: smoke.sh http://fib.example.com"
settings SMOKE_TIMEOUT POLL_INTERVAL
whole SMOKE_TIMEOUT POLL_INTERVAL
programs curl
url=${1%/}
# Rarely asked for before, so that a worker has to compute it; short enough to stand on the page whole.
index=$((RANDOM % 2500 + 2000))
deadline=$((SECONDS + SMOKE_TIMEOUT))

# fibonacci N: F(N) in limbs of 17 digits.
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

ask() { curl -sS --max-time 10 -H "Idempotency-Key: smoke-$$-$index" "$@" 2>&1; }

# again WHAT: fails when the time is up, else waits for the next attempt.
again() {
    [ "$SECONDS" -lt "$deadline" ] || fail "$url: $1 within $SMOKE_TIMEOUT s."
    pause
}

term=$(fibonacci "$index")

until said=$(ask -f -X POST -H 'Content-Type: application/json' -d "{\"index\":\"$index\"}" "$url/api/values"); do
    again "index $index was not accepted ($said)"
done
until [ "$(ask -f -o /dev/null -w '%{http_code}' "$url/api/values/$index")" = 200 ] && said=$(ask -f "$url/api/values/$index"); do
    again "index $index has no term"
done
[ "$said" = "$term" ] || fail "$url: the term of index $index is wrong."
# In groups of digits; other people's indexes may have pushed it off the first page already.
until said=$(ask -f "$url/terms/$index" | sed 's/<[^>]*>//g' | tr -d '[:space:]') && [[ $said == *"$term"* ]]; do
    again "the page does not show the term of index $index"
done
say "$url computed index $index and shows it"
