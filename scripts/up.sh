# shellcheck shell=bash disable=SC2154
# ./fib up

run_up() {
    local settings=() watch='' stores=auto
    while [ $# -gt 0 ]; do
        case $1 in
            --port | --stores | --data | --workers)
                [ $# -ge 2 ] || wrong "$1 needs a value."
                [ "$1" != --data ] || [ "$2" = none ] || set -- "$1" "$(cd "$here" && realpath -m "$2")" "${@:3}"
                [ "$1" != --stores ] || stores=$2
                settings+=("$1" "$2")
                shift 2
                ;;
            --watch) watch=1; shift ;;
            *) wrong "up does not know '$1'." ;;
        esac
    done
    need_sdk
    need_stores "$stores"
    [ -z "$watch" ] || exec dotnet watch --project Fib.AppHost run -- "${settings[@]}"
    build Fib.AppHost
    exec dotnet run --project Fib.AppHost --no-build -- "${settings[@]}"
}
