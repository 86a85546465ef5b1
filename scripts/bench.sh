# shellcheck shell=bash disable=SC2154
# ./fib bench

bench() {
    need_sdk
    case ${1:-} in
        engine) shift; need '/usr/lib/*/libgmp.so.10' libgmp10; exec dotnet run -c Release --project bench/Fib.Bench -- engine "${@:-table}" ;;
        page) shift; bench_page "$@" ;;
        *) wrong "bench measures: engine, page." ;;
    esac
}

# The web's files as they are deployed: named by their content, and compressed beforehand.
bench_page() {
    need_stores
    need_browser
    build bench/Fib.Bench -c Release
    # Beside the other services, where the system is started from.
    dotnet publish Fib.Web -c Release -v quiet -nologo -o artifacts/bin/Fib.Web/release
    exec dotnet artifacts/bin/Fib.Bench/release/Fib.Bench.dll page "$@"
}
