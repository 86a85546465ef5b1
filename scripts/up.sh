# shellcheck shell=bash disable=SC2154,SC2034
# ./fib up

up() {
    local settings=() watch=
    while [ $# -gt 0 ]; do
        case $1 in
            --port | --data | --workers)
                [ $# -ge 2 ] || wrong "$1 needs a value."
                [ "$1" != --data ] || [ "$2" = none ] || set -- "$1" "$(cd "$here" && realpath -m "$2")" "${@:3}"
                settings+=("$1" "$2")
                shift 2
                ;;
            --watch) watch=1; shift ;;
            *) wrong "up does not know '$1'." ;;
        esac
    done
    need_sdk
    choose_world
    if [ "$world" = false ]; then
        [ -z "$watch" ] || exec dotnet watch --project Fib.AppHost run -- "${settings[@]}"
        exec dotnet run --project Fib.AppHost -- "${settings[@]}"
    fi

    need_stores
    build Fib.AppHost --no-restore
    local host
    host=$(property Fib.AppHost TargetPath)
    [ -z "$watch" ] || settings+=(--watch true)
    # Not through "dotnet run": whatever ends this process ends the host, and with it every resource.
    cd Fib.AppHost || exit
    DOTNET_ENVIRONMENT=${DOTNET_ENVIRONMENT:-Development} exec dotnet "$host" "${settings[@]}"
}
