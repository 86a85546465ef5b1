# shellcheck shell=bash
# Messages, programs, calls, time: what every script here needs.

say() { printf '%s: %s\n' "${script:-deploy}" "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

# What the caller has to put right; nothing was touched.
wrong() { fail "$1" 2; }

programs() {
    local program missing=()
    for program in "$@"; do command -v "$program" >/dev/null 2>&1 || missing+=("$program"); done
    [ ${#missing[@]} -eq 0 ] || wrong "please install ${missing[*]}."
}

# call SERVICE OPERATION...: prints what AWS answers; what it refuses is said in one line.
call() {
    local refused
    { refused=$(aws "$@" 2>&1 >&3); } 3>&1 || { say "aws $1 $2: $(sed '/^$/d' <<<"$refused" | tail -n 1)"; return 1; }
}

declare -A told=()

# Prints the lines that were not printed before.
tell() {
    local line
    while IFS= read -r line; do
        if [ -n "$line" ] && [ -z "${told["$line"]-}" ]; then
            told["$line"]=1
            printf '  %s\n' "$line"
        fi
    done
}

nap=''

# Until the next look. A signal does not have to wait for it.
pause() {
    sleep "$POLL_INTERVAL" >/dev/null 2>&1 &
    nap=$!
    wait "$nap"
    nap=''
}

wake() { [ -z "$nap" ] || kill "$nap" 2>/dev/null || true; }

for part in settings ecs images; do
    # shellcheck source=/dev/null
    . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
