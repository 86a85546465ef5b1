# shellcheck shell=bash disable=SC2034
# The images of a bundle: building, pushing and their digests.

# shellcheck source=../images/list.sh
. "$(dirname "${BASH_SOURCE[0]}")/../images/list.sh"
fib=$(dirname "${BASH_SOURCE[0]}")/../../fib
declare -A image_of=()
images=()

# read_images BUNDLE REGISTRY TAG: sets architecture, images (the services, in the app model's order) and image_of (the image of
# each service).
read_images() {
    local problem name image
    problem=$(bundle_mismatch "$@")
    [ -z "$problem" ] || usage_error "$problem"
    architecture=$(read_value "$1" architecture)
    while read -r name image; do
        images+=("$name")
        image_of[$name]=$image
    done < <(list_images "$1")
}

# read_published REGISTRY TAG: the same for IMAGE_BUNDLE; publishes a bundle if IMAGE_BUNDLE is not set.
read_published() {
    if [ -z "${IMAGE_BUNDLE-}" ]; then
        IMAGE_BUNDLE=artifacts/beanstalk
        "$fib" publish --output "$IMAGE_BUNDLE" --registry "$1" --tag "$2" >&2 ||
            fail "the bundle was not published; nothing was pushed."
    fi
    read_images "$IMAGE_BUNDLE" "$@"
}

# build NAME...: builds all images unless the engine has these, built from this commit.
build() {
    local name commit
    commit=$(git rev-parse HEAD) || fail "nothing was pushed."
    for name in "$@"; do
        [ "$(image_revision "${image_of[$name]}")" = "$commit" ] && continue
        "$fib" images --bundle "$IMAGE_BUNDLE" >&2 || fail "the images were not built; nothing was pushed."
        return
    done
}

# log_in USER PASSWORD [HOST]: logs in with a temporary Docker configuration, which keeps the user's own logins and leaves none.
log_in() {
    local engine
    # The user's configuration also has the engine that its context selects.
    if [ -z "${DOCKER_HOST-}" ] && engine=$(docker context inspect -f '{{.Endpoints.docker.Host}}' 2>/dev/null) && [ -n "$engine" ]; then
        export DOCKER_HOST=$engine
    fi
    DOCKER_CONFIG=$(mktemp -d)
    export DOCKER_CONFIG
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    docker login -u "$1" --password-stdin ${3+"$3"} <<<"$2" >/dev/null || fail "${3:-Docker Hub} rejects the login of $1."
}

# push NAME...: pushes local images, and prints SERVICE=DIGEST for each.
push() {
    local name image problem repository digest digests='{{range .RepoDigests}}{{println .}}{{end}}'
    for name in "$@"; do
        problem=$(push_problem "${image_of[$name]}" "$architecture")
        [ -z "$problem" ] || fail "$problem"
    done
    for name in "$@"; do
        image=${image_of[$name]}
        docker push -q "$image" >&2 || fail "$image was not pushed."
        repository=${image%:*} repository=${repository#docker.io/}
        digest=$(docker image inspect -f "$digests" "$image" | sed -n "s|^\(docker.io/\)\?$repository@||p" | head -n 1)
        [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$image has no digest after the push."
        echo "$name=$digest"
    done
}

# The default tag: the current commit.
commit_tag() { git rev-parse --short=12 HEAD; }

check_tag() {
    [ "$1" != latest ] || usage_error "IMAGE_TAG is latest: it must identify one build."
    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] ||
        usage_error "IMAGE_TAG is '$1': it may have at most 128 letters, digits, '.', '_' and '-'."
}

# write_digests FILE: saves the output of push for ./fib publish --digests.
write_digests() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}
