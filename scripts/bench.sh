# shellcheck shell=bash disable=SC2154
# ./fib bench

run_bench() {
    local arguments=()
    # The file of --out is relative to the folder in which the user is.
    while [ $# -gt 0 ]; do
        arguments+=("$1")
        [ "$1" != --out ] || [ -z "${2-}" ] || { shift; arguments+=("$(cd "$here" && absolute_path "$1")"); }
        shift
    done
    set -- "${arguments[@]}"
    need_sdk
    case ${1:-} in
        engine) shift; need_gmp; exec dotnet run -c Release --project bench/Fib.Bench -- engine "${@:-table}" ;;
        web) shift; bench_web "$@" ;;
        page) shift; bench_page "$@" ;;
        scale) shift; bench_scale "$@" ;;
        '')
            local benchmark
            for benchmark in engine web page; do run_program "$root/fib" bench "$benchmark"; done
            ;;
        *) usage_error "'$1' is not a benchmark: engine, web, page or scale." ;;
    esac
}

# check BENCHMARK OPTION...: rejects wrong options before anything is published.
check() { dotnet run -c Release --project bench/Fib.Bench -- check "$@"; }

# Without GMP the table has no column for it.
need_gmp() { (need '/usr/lib/*/libgmp.so.10' libgmp10) || log "GMP is not measured"; }

bundle=$root/artifacts/bench/bundle programs=$root/artifacts/bench/programs

# Builds the programs of the images, and the bundle with nginx' configuration and the runtime settings.
publish_bench() {
    local service
    need_linker
    "$root/fib" publish --output "$bundle" --registry '' --tag bench --gateway nginx --stores external
    for service in Fib.Api Fib.Worker Fib.Web Fib.Gateway; do deploy/images/publish "$service" "$programs/$service"; done
}

bench_web() {
    check web "$@"
    need wrk wrk
    need node nodejs npm
    need /usr/sbin/nginx nginx-light
    need_stores
    local express=$root/bench/express
    publish_bench
    install_npm_packages "$express"
    # Signals reach the program, which stops its processes.
    exec dotnet run -c Release --project bench/Fib.Bench -- web "$bundle" "$programs" "$express" "$@"
}

bench_page() {
    check page "$@"
    need_stores
    need_browser
    publish_bench
    exec dotnet run -c Release --project bench/Fib.Bench -- page "$bundle" "$programs" "$@"
}

bench_scale() {
    check scale "$@"
    need wrk wrk
    need /usr/sbin/nginx nginx-light
    need_stores
    publish_bench
    exec dotnet run -c Release --project bench/Fib.Bench -- scale "$bundle" "$programs" "$@"
}
