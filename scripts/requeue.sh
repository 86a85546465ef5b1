# shellcheck shell=bash
# ./fib requeue

# Asks a running system to compute its failed indexes again.
run_requeue() {
    local url=http://localhost:3050 response status
    while [ $# -gt 0 ]; do
        case $1 in
            --url)
                [[ ${2:-} =~ ^https?://[^/[:space:]]+/?$ ]] ||
                    usage_error "--url needs the address of a system, such as http://localhost:3050, not '${2:-}'."
                url=${2%/}
                shift 2
                ;;
            *) usage_error "'$1' is not an option of requeue." ;;
        esac
    done
    need curl curl
    response=$(curl -sS --max-time 60 -X POST -w '\n%{http_code}' "$url/api/values/requeue" 2>/dev/null) ||
        fail "no system answers at $url: start one with ./fib up, or set --url."
    status=${response##*$'\n'}
    [[ $status == 200 && $response =~ \"requeued\":([0-9]+) ]] ||
        fail "the system at $url answers $status: one of its stores may be unavailable; try again."
    echo "${BASH_REMATCH[1]} requeued"
}
