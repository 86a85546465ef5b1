# shellcheck shell=bash disable=SC2154
# ./fib bench

bench() {
    need_sdk
    case ${1:-} in
        engine) shift; need_gmp; exec dotnet run -c Release --project bench/Fib.Bench -- engine "${@:-table}" ;;
        web) shift; bench_web "$@" ;;
        '')
            need_gmp
            dotnet run -c Release --project bench/Fib.Bench -- engine table
            bench_web
            ;;
        *) wrong "bench measures: engine, web." ;;
    esac
}

need_gmp() { need '/usr/lib/*/libgmp.so.10' libgmp10; }

# The bundle gives nginx' configuration and the settings of the runtime; Express gets its packages.
bench_web() {
    need wrk wrk
    need node nodejs npm
    need /usr/sbin/nginx nginx-light
    need_stores
    local bundle=$root/artifacts/bench/bundle express=$root/bench/express
    "$root/fib" publish --output "$bundle" --registry '' --tag bench --gateway nginx --stores external
    [ -d "$express/node_modules" ] || npm ci --prefix "$express" --silent
    # Ctrl-C reaches it too; it ends what it started, and then this script ends.
    trap : INT
    dotnet run -c Release --project bench/Fib.Bench -- web "$bundle" "$express" "$@"
}
