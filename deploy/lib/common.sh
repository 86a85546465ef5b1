# shellcheck shell=bash
# Functions of every deploy script: messages, required programs, AWS calls and pauses.

log() { printf '%s: %s\n' "${script:-deploy}" "$*" >&2; }
fail() { log "$1"; exit "${2:-1}"; }

# An error that the caller must fix; nothing was changed.
usage_error() { fail "$1" 2; }

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
    fail "bash $BASH_VERSION is too old: install 4.4 or later."
fi

# absolute_path PATH: prints PATH, which need not exist, as an absolute path. The realpath of macOS has no option -m.
absolute_path() {
    case $1 in
        '') usage_error "a path is empty." ;;
        /* | [A-Za-z]:[\\/]*) echo "$1" ;;
        *) echo "$PWD/$1" ;;
    esac
}

require_programs() {
    local program missing=()
    for program in "$@"; do command -v "$program" >/dev/null 2>&1 || missing+=("$program"); done
    [ ${#missing[@]} -eq 0 ] || usage_error "please install ${missing[*]}."
}

# call SERVICE OPERATION...: prints the response of AWS; logs an error in one line.
call() {
    local error
    { error=$(aws "$@" 2>&1 >&3); } 3>&1 || { log "aws $1 $2: $(sed '/^$/d' <<<"$error" | tail -n 1)"; return 1; }
}

declare -A printed=()

# Prints the lines of standard input that were not printed before.
print_new() {
    local line
    while IFS= read -r line; do
        if [ -n "$line" ] && [ -z "${printed["$line"]-}" ]; then
            printed["$line"]=1
            printf '  %s\n' "$line"
        fi
    done
}

sleep_pid=''

# Waits for the poll interval. The sleep runs in the background, so that a signal is handled immediately.
pause() {
    sleep "$POLL_INTERVAL" >/dev/null 2>&1 &
    sleep_pid=$!
    wait "$sleep_pid"
    sleep_pid=''
}

cancel_pause() { [ -z "$sleep_pid" ] || kill "$sleep_pid" 2>/dev/null || true; }

for part in settings ecs images; do
    # shellcheck source=/dev/null
    . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
