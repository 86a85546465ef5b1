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
    if [ -z "$bundle" ]; then
        # Always anew: the bundle of before names other images than those of this code.
        bundle=$root/artifacts/beanstalk
        publish_for_images "$bundle" "$registry" "$tag"
    fi
    problem=$(list_differs "$bundle" "$registry" "$tag")
    [ -z "$problem" ] || wrong "$problem"
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
