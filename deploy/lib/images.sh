# shellcheck shell=bash disable=SC2034
# The images of a bundle, and what their registry calls them.

# shellcheck source=../images/list.sh
. "$(dirname "${BASH_SOURCE[0]}")/../images/list.sh"
fib=$(dirname "${BASH_SOURCE[0]}")/../../fib
declare -A image_of=()
images=()

# read_images BUNDLE REGISTRY TAG: sets architecture, images (the services, in the order of the app model) and image_of, the image of each.
read_images() {
    local problem name image
    problem=$(list_differs "$@")
    [ -z "$problem" ] || wrong "$problem"
    architecture=$(list_value "$1" architecture)
    while read -r name image; do
        images+=("$name")
        image_of[$name]=$image
    done < <(list_images "$1")
}

# read_published REGISTRY TAG: the same, of IMAGE_BUNDLE; without it of a bundle that is published here.
read_published() {
    if [ -z "${IMAGE_BUNDLE-}" ]; then
        IMAGE_BUNDLE=artifacts/beanstalk
        "$fib" publish --output "$IMAGE_BUNDLE" --registry "$1" --tag "$2" >&2 || fail "the bundle was not published; nothing was pushed."
    fi
    read_images "$IMAGE_BUNDLE" "$@"
}

# build NAME...: builds all unless these are here, built from this commit.
build() {
    local name commit
    commit=$(git rev-parse HEAD) || fail "nothing was pushed."
    for name in "$@"; do
        [ "$(docker image inspect -f '{{index .Config.Labels "org.opencontainers.image.revision"}}' "${image_of[$name]}" 2>/dev/null)" = "$commit" ] && continue
        "$fib" images --bundle "$IMAGE_BUNDLE" >&2 || fail "the images were not built; nothing was pushed."
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

# push NAME...: pushes images that are here, and prints SERVICE=DIGEST for each.
push() {
    local name image problem digest
    for name in "$@"; do
        problem=$(unfit "${image_of[$name]}" "$architecture")
        [ -z "$problem" ] || fail "$problem"
    done
    for name in "$@"; do
        image=${image_of[$name]}
        docker push -q "$image" >&2 || fail "$image was not pushed."
        digest=${image%:*}
        digest=$(docker image inspect -f '{{range .RepoDigests}}{{println .}}{{end}}' "$image" | sed -n "s|^\(docker.io/\)\?${digest#docker.io/}@||p" | head -n 1)
        [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$image has no digest after its push."
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
