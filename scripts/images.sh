# shellcheck shell=bash disable=SC2154,SC2034
# ./fib images

# shellcheck source=containers.sh
. scripts/containers.sh

run_images() {
    local registry tag image bundle=$root/artifacts/beanstalk options=()
    [ "$*" != --offline-stores ] || { build_offline_stores; return; }
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
            --push | --offline) options+=("$1"); shift ;;
            --offline-stores) wrong "--offline-stores takes no other option." ;;
            *) wrong "images does not know '$1'." ;;
        esac
    done
    need_sdk
    need_engine || exit 1
    [[ " ${options[*]} " != *' --offline '* ]] || need debootstrap debootstrap
    [ -f "$bundle/nginx/Dockerfile" ] || "$root/fib" publish --output "$bundle" ${registry+--registry "$registry"} ${tag+--tag "$tag"}
    image=$(sed -n 's/^ *image: *"\{0,1\}\([^"]*multi-server:[^"]*\).*/\1/p' "$bundle/docker-compose.yml")
    deploy/images/build "${registry-${image%%multi-server:*}}" "${tag-${image##*:}}" "$bundle/nginx" "${options[@]}"
}

build_offline_stores() {
    need_engine || exit 1
    need debootstrap debootstrap
    deploy/images/offline/build stores
}
