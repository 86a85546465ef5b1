# shellcheck shell=bash
# ./fib bench

bench() {
    need_sdk
    [ "${1:-}" = engine ] || wrong "bench measures: engine."
    shift
    need '/usr/lib/*/libgmp.so.10' libgmp10
    exec dotnet run -c Release --project bench/Fib.Bench -- engine "${@:-table}"
}
