# shellcheck shell=bash
# ./fib chaos

chaos() {
    need_sdk
    need_stores
    # Building it builds every service.
    build tools/Fib.Chaos
    # Ctrl-C reaches it too; it takes down what it started, and then this script ends.
    trap : INT
    local status=0
    dotnet "$(property tools/Fib.Chaos TargetPath)" "$@" || status=$?
    exit $status
}
