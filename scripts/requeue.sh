# shellcheck shell=bash
# ./fib requeue

# Has a running system compute its failed indexes again.
run_requeue() {
    local url=http://localhost:3050 answer status
    while [ $# -gt 0 ]; do
        case $1 in
            --url)
                [[ ${2:-} =~ ^https?://[^/[:space:]]+/?$ ]] || wrong "--url needs the address of a system, such as http://localhost:3050; '${2:-}' is none."
                url=${2%/}
                shift 2
                ;;
            *) wrong "requeue does not know '$1'." ;;
        esac
    done
    need curl curl
    answer=$(curl -sS --max-time 60 -X POST -w '\n%{http_code}' "$url/api/values/requeue" 2>/dev/null) || fail "no system answers at $url: start one with ./fib up, or name it with --url."
    status=${answer##*$'\n'}
    [[ $status == 200 && $answer =~ \"requeued\":([0-9]+) ]] || fail "the system at $url answers $status: one of its stores may be unavailable; try again."
    echo "${BASH_REMATCH[1]} requeued"
}
