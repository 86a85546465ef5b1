# shellcheck shell=bash disable=SC2154,SC2034
# ./fib rehearse

# shellcheck source=images.sh
. scripts/images.sh

# build_missing IMAGE BUNDLE [--offline]: builds the images of a bundle after the engine was found to lack IMAGE.
build_missing() {
    local missing=$1 bundle=$2 base
    shift 2
    grep -qsF "\": \"$missing\"" "$bundle/images.json" ||
        fail "the engine does not have $missing, and no images.json beside the zip lists it"
    base=$(sed -n 's/^ARG BASE_IMAGE=//p' deploy/images/Dockerfile)
    [ $# -gt 0 ] || docker image inspect "$base" >/dev/null 2>&1 || timeout 120 docker pull -q "$base" >/dev/null 2>&1 ||
        fail "the engine cannot pull $base; --offline builds on a local substitute"
    log "building the images of the bundle"
    run_images --bundle "$bundle" "$@"
}

# warn_of_older_images BUNDLE: images of a tag stay when the files change from which they were built.
warn_of_older_images() {
    local current name image built
    [ -f "$1/images.json" ] || return 0
    current=$(revision "$root" 2>/dev/null) || return 0
    while read -r name image; do
        built=$(image_revision "$image")
        [ "$built" != "$current" ] || [[ $current = *-dirty ]] || continue
        log "$image was built from ${built:-unknown files}, the checkout is at $current; ./fib images --bundle $1 builds it again"
        return
    done < <(list_images "$1")
}

newest_bundle() {
    [ -d artifacts/beanstalk ] || return 0
    find artifacts/beanstalk -maxdepth 1 -name 'fib-*.zip' -printf '%T@ %p\n' | sort -rn | head -n 1 | cut -d' ' -f2-
}

run_rehearse() {
    local options=() offline=() zip='' rehearsal missing
    while [ $# -gt 0 ]; do
        case $1 in
            --keep | --no-load) options+=("$1"); shift ;;
            --offline) offline=(--offline); shift ;;
            --properties)
                [ $# -ge 2 ] || usage_error "$1 needs a value."
                options+=("$1" "$(cd "$here" && absolute_path "$2")")
                shift 2
                ;;
            -*) usage_error "'$1' is not an option of rehearse." ;;
            *) zip=$(cd "$here" && absolute_path "$1"); shift ;;
        esac
    done
    [ -z "$zip" ] || [ -f "$zip" ] || fail "there is no bundle $zip"
    [ "$(id -u)" -eq 0 ] || fail "a rehearsal needs root: it runs hooks as root and stores as their own users"
    need_sdk
    need_stores
    need_browser
    need_compose
    need_engine || exit 1
    if [ -z "$zip" ]; then
        zip=$(newest_bundle)
        [ -n "$zip" ] || { "$root/fib" publish; zip=$(newest_bundle); }
    fi

    build deploy/Fib.Rehearsal
    rehearsal=$(property deploy/Fib.Rehearsal TargetPath)
    missing=$(dotnet "$rehearsal" --missing-images "$zip")
    if [ -n "$missing" ]; then
        build_missing "$(head -n 1 <<<"$missing")" "$(dirname "$zip")" "${offline[@]}"
    else
        warn_of_older_images "$(dirname "$zip")"
    fi
    # At a signal the program removes its containers and stores; then this script stops the engine that it started.
    run_program dotnet "$rehearsal" "${options[@]}" "$zip"
}
