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
    [ -z "$watch" ] || watch_up "${settings[@]}"
    build Fib.AppHost
    exec dotnet run --project Fib.AppHost --no-build -- "${settings[@]}"
}

# dotnet watch takes the place of an IDE for the AppHost: it starts every service, and reloads or restarts those whose sources
# are edited. Open pages reload by themselves (Fib.Web/Development), so no browser is opened or told.
watch_up() {
    local interactive=()
    [ -t 0 ] || interactive=(--non-interactive)
    # Otherwise it takes an inotify instance for each folder, about 100 of the 128 that a user has by default.
    export DOTNET_USE_POLLING_FILE_WATCHER=1
    export DOTNET_WATCH_RESTART_ON_RUDE_EDIT=1 DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER=1
    exec dotnet watch "${interactive[@]}" --project Fib.AppHost run -- "$@"
}
