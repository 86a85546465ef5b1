# shellcheck shell=bash disable=SC2154
# ./fib chaos

run_chaos() {
    local program
    need_sdk
    need_stores
    # Building Fib.Chaos builds every service.
    build tools/Fib.Chaos
    program=$(property tools/Fib.Chaos TargetPath)
    cd "$here" || exit
    exec dotnet "$program" "$@"
}
