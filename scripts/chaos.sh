# shellcheck shell=bash disable=SC2154
# ./fib chaos

run_chaos() {
    local program status=0
    need_sdk
    need_stores
    # Building Fib.Chaos builds every service.
    build tools/Fib.Chaos
    program=$(property tools/Fib.Chaos TargetPath)
    # Ctrl-C reaches the program too: it ends its processes, and then this script ends.
    trap : INT
    cd "$here" || exit
    dotnet "$program" "$@" || status=$?
    exit $status
}
