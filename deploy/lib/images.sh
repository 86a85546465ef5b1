# shellcheck shell=bash disable=SC2034
# The four images, and what their registry calls them.

images=(client server worker nginx)

# build REGISTRY TAG NAME...: builds all four unless these are here.
build() {
    local registry=$1 tag=$2 name
    shift 2
    for name in "$@"; do
        docker image inspect "$registry/multi-$name:$tag" >/dev/null 2>&1 && continue
        "$(dirname "${BASH_SOURCE[0]}")/../../fib" images --registry "$registry" --tag "$tag" >&2 || fail "the images were not built; nothing was pushed."
        return
    done
}

# log_in USER PASSWORD [HOST]: with a configuration of this script's own, so that nobody's login is replaced and none stays behind.
log_in() {
    DOCKER_CONFIG=$(mktemp -d)
    export DOCKER_CONFIG
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    docker login -u "$1" --password-stdin ${3+"$3"} <<<"$2" >/dev/null || fail "${3:-Docker Hub} refuses the login of $1."
}

# push REGISTRY TAG NAME...: pushes images that are here, and prints SERVICE=DIGEST for each.
push() {
    local registry=$1 tag=$2 name image digest
    shift 2
    for name in "$@"; do
        image=$registry/multi-$name:$tag
        # Whatever it was built with: the label comes from the base itself.
        [ "$(docker image inspect -f '{{index .Config.Labels "fib.offline-base"}}' "$image")" != true ] ||
            fail "$image is built on an offline base and is not pushed."
    done
    for name in "$@"; do
        image=$registry/multi-$name
        docker push -q "$image:$tag" >&2 || fail "$image:$tag was not pushed."
        digest=$(docker image inspect -f '{{range .RepoDigests}}{{println .}}{{end}}' "$image:$tag" | sed -n "s|^\(docker.io/\)\?${image#docker.io/}@||p" | head -n 1)
        [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$image:$tag has no digest after its push."
        echo "$name=$digest"
    done
}

# One commit, one tag.
commit_tag() { git rev-parse --short=12 HEAD; }

check_tag() {
    [ "$1" != latest ] || wrong "IMAGE_TAG is latest: it must name one build."
    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || wrong "IMAGE_TAG is '$1': it must be letters, digits, '.', '_' and '-', at most 128."
}

# write_digests FILE: what push printed, for ./fib publish --digests.
write_digests() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}
