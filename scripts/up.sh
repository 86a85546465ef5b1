# shellcheck shell=bash disable=SC2154
# ./fib up

run_up() {
    local settings=() watch='' stores=auto
    while [ $# -gt 0 ]; do
        case $1 in
            --port | --stores | --data | --workers)
                [ -n "${2-}" ] || usage_error "$1 needs a value."
                [ "$1" != --data ] || [ "$2" = none ] || set -- "$1" "$(cd "$here" && absolute_path "$2")" "${@:3}"
                [ "$1" != --stores ] || stores=$2
                [[ $stores =~ ^(containers|processes|auto)$ ]] || usage_error "--stores is containers, processes or auto."
                settings+=("$1" "$2")
                shift 2
                ;;
            --watch) watch=1; shift ;;
            *) usage_error "'$1' is not an option of up." ;;
        esac
    done
    need_sdk
    need_stores "$stores"
    [ -z "$watch" ] || watch_up "${settings[@]}"
    log "building; the first time takes minutes"
    build Fib.AppHost
    exec dotnet run --project Fib.AppHost --no-build -- "${settings[@]}"
}

# dotnet watch acts as the AppHost's IDE: it starts every service, and reloads or restarts those whose sources change.
# Open pages reload themselves (Fib.Web/Development), so dotnet watch does not launch or refresh a browser.
watch_up() {
    local interactive=()
    [ -t 0 ] || interactive=(--non-interactive)
    # Without polling it takes one inotify instance per folder: about 100 of a user's 128 (the default limit).
    export DOTNET_USE_POLLING_FILE_WATCHER=1
    export DOTNET_WATCH_RESTART_ON_RUDE_EDIT=1 DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER=1
    exec dotnet watch "${interactive[@]}" --project Fib.AppHost run -- "$@"
}
