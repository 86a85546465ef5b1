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
    local published=$root/artifacts/bench/web
    dotnet publish Fib.Web -c Release -v quiet -nologo -o "$published"
    exec dotnet run -c Release --project bench/Fib.Bench -- page "$published/wwwroot" "$@"
}
