# shellcheck shell=bash disable=SC2154,SC2034
# ./fib rehearse

# shellcheck source=images.sh
. scripts/images.sh

# build_missing IMAGE BUNDLE [--offline]: builds what a bundle names and the engine lacks.
build_missing() {
    local missing=$1 bundle=$2 base
    shift 2
    grep -qsF "\": \"$missing\"" "$bundle/images.json" || fail "the engine has no $missing, and no images.json beside the zip names it"
    base=$(sed -n 's/^ARG BASE_IMAGE=//p' deploy/images/Dockerfile)
    [ $# -gt 0 ] || docker image inspect "$base" >/dev/null 2>&1 || timeout 120 docker pull -q "$base" >/dev/null 2>&1 ||
        fail "the engine cannot pull $base; --offline builds on a look-alike of it"
    say "building the images of the bundle"
    run_images --bundle "$bundle" "$@"
}

newest_bundle() {
    [ ! -d artifacts/beanstalk ] || find artifacts/beanstalk -maxdepth 1 -name 'fib-*.zip' -printf '%T@ %p\n' | sort -rn | head -n 1 | cut -d' ' -f2-
}

run_rehearse() {
    local options=() offline=() zip='' rehearsal missing status=0
    while [ $# -gt 0 ]; do
        case $1 in
            --keep | --no-load) options+=("$1"); shift ;;
            --offline) offline=(--offline); shift ;;
            --properties)
                [ $# -ge 2 ] || wrong "$1 needs a value."
                options+=("$1" "$(cd "$here" && realpath -m "$2")")
                shift 2
                ;;
            -*) wrong "rehearse does not know '$1'." ;;
            *) zip=$(cd "$here" && realpath -m "$1"); shift ;;
        esac
    done
    [ "$(id -u)" -eq 0 ] || fail "a rehearsal runs hooks and stores as their own users: please run it as root"
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
    [ -z "$missing" ] || build_missing "$(head -n 1 <<<"$missing")" "$(dirname "$zip")" "${offline[@]}"
    # Ctrl-C reaches it too; it takes down what it started, and then this script ends.
    trap : INT
    dotnet "$rehearsal" "${options[@]}" "$zip" || status=$?
    exit $status
}
