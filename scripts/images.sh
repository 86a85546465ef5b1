# shellcheck shell=bash disable=SC2154,SC2034
# ./fib images

# shellcheck source=containers.sh
. scripts/containers.sh
# shellcheck source=../deploy/images/list.sh
. deploy/images/list.sh

run_images() {
    local registry=- tag=- bundle='' problem options=()
    [ "$*" != --offline-stores ] || { build_offline_stores; return; }
    while [ $# -gt 0 ]; do
        case $1 in
            --registry | --tag | --bundle)
                [ $# -ge 2 ] || usage_error "$1 needs a value."
                case $1 in
                    --registry) registry=$2 ;;
                    --tag) tag=$2 ;;
                    --bundle) bundle=$(cd "$here" && absolute_path "$2") ;;
                esac
                shift 2
                ;;
            --push | --offline) options+=("$1"); shift ;;
            --offline-stores) usage_error "--offline-stores takes no other option." ;;
            *) usage_error "'$1' is not an option of images." ;;
        esac
    done
    need_sdk
    if [ -z "$bundle" ]; then
        # Always publish: an older bundle names the images of older code.
        bundle=$root/artifacts/beanstalk
        publish_for_images "$bundle" "$registry" "$tag"
    fi
    problem=$(bundle_mismatch "$bundle" "$registry" "$tag")
    [ -z "$problem" ] || usage_error "$problem"
    need_linker "$(read_value "$bundle" architecture)"
    need_engine || exit 1
    [[ " ${options[*]} " != *' --offline '* ]] || need debootstrap debootstrap
    deploy/images/build "$bundle" "${options[@]}"
}

publish_for_images() {
    local settings=(--output "$1")
    [ "$2" = - ] || settings+=(--registry "$2")
    [ "$3" = - ] || settings+=(--tag "$3")
    "$root/fib" publish "${settings[@]}" || exit
}

build_offline_stores() {
    need_engine || exit 1
    need debootstrap debootstrap
    deploy/images/offline/build stores
}
