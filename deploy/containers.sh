# The verbs images and rehearse, and the Docker engine that they need. Sourced by ./fib, whose functions it uses.
# shellcheck shell=bash disable=SC2154

need_compose() {
    need /usr/sbin/iptables iptables
    need docker-compose docker-compose
}

# A running engine, or one that is started here and stopped when this script ends. Fails where there can be none.
need_engine() {
    command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1 && return
    [ "$(id -u)" -eq 0 ] || { say "no Docker engine answers, and only root can start one"; return 1; }
    need dockerd docker.io
    say "starting dockerd until this ends"
    mkdir -p "$root/artifacts"
    # In a session of its own: Ctrl-C must not end it before its containers.
    setsid dockerd >"$root/artifacts/dockerd.log" 2>&1 &
    engine=$!
    trap stop_engine EXIT
    for _ in $(seq 150); do
        docker info >/dev/null 2>&1 && return
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.2
    done
    say "dockerd does not come up: artifacts/dockerd.log"
    return 1
}

stop_engine() {
    kill "$engine" 2>/dev/null || return 0
    wait "$engine" || true
}

images() {
    local registry tag image bundle=$root/artifacts/beanstalk options=()
    while [ $# -gt 0 ]; do
        case $1 in
            --registry | --tag | --bundle)
                [ $# -ge 2 ] || wrong "$1 needs a value."
                case $1 in
                    --registry) registry=$2 ;;
                    --tag) tag=$2 ;;
                    --bundle) bundle=$(cd "$here" && realpath -m "$2") ;;
                esac
                shift 2
                ;;
            --push | --stand-in-bases) options+=("$1"); shift ;;
            *) wrong "images does not know '$1'." ;;
        esac
    done
    need_sdk
    need_engine || exit 1
    [[ " ${options[*]} " != *' --stand-in-bases '* ]] || need debootstrap debootstrap
    [ -f "$bundle/nginx/Dockerfile" ] || "$root/fib" publish --output "$bundle" ${registry+--registry "$registry"} ${tag+--tag "$tag"}
    image=$(sed -n 's/^ *image: *"\{0,1\}\([^"]*multi-server:[^"]*\).*/\1/p' "$bundle/docker-compose.yml")
    deploy/images/build "${registry-${image%%multi-server:*}}" "${tag-${image##*:}}" "$bundle/nginx" "${options[@]}"
}

# Builds what a bundle names and the engine lacks, on look-alikes where the real bases cannot be pulled.
images_of() {
    local missing=$1 bundle=$2 options=() base
    [ -f "$bundle/nginx/Dockerfile" ] || fail "the engine has no $missing, and beside the zip is no nginx/ to build from"
    base=$(sed -n 's/^ARG BASE_IMAGE=//p' deploy/images/Dockerfile)
    docker image inspect "$base" >/dev/null 2>&1 || timeout 120 docker pull -q "$base" >/dev/null 2>&1 || options=(--stand-in-bases)
    say "building the images of the bundle${options[*]:+ on stand-in bases}"
    images --registry "${missing%multi-*}" --tag "${missing##*:}" --bundle "$bundle" "${options[@]}"
}

rehearse() {
    local options=() zip='' rehearsal missing status=0
    while [ $# -gt 0 ]; do
        case $1 in
            --keep | --no-load) options+=("$1"); shift ;;
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
        newest() { find artifacts/beanstalk -maxdepth 1 -name 'fib-*.zip' -printf '%T@ %p\n' 2>/dev/null | sort -rn | head -n 1 | cut -d' ' -f2-; }
        zip=$(newest)
        [ -n "$zip" ] || { "$root/fib" publish; zip=$(newest); }
    fi

    dotnet build deploy/Fib.Rehearsal -v quiet -nologo -clp:NoSummary
    rehearsal=$(property deploy/Fib.Rehearsal TargetPath)
    missing=$(dotnet "$rehearsal" --missing-images "$zip")
    [ -z "$missing" ] || images_of "$(head -n 1 <<<"$missing")" "$(dirname "$zip")"
    # Ctrl-C reaches it too; it takes down what it started, and then this script ends.
    trap : INT
    dotnet "$rehearsal" "${options[@]}" "$zip" || status=$?
    exit $status
}
