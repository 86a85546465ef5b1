# shellcheck shell=bash
# Reads a bundle's images.json, which lists the images to build and push. The publisher writes one name and value per line.

# read_value BUNDLE NAME: prints the bundle's architecture (amd64 or arm64), registry or tag.
read_value() { sed -n "s/^  \"$2\": \"\(.*\)\",\{0,1\}$/\1/p" "$1/images.json"; }

# list_images BUNDLE: prints one line of service and image for each image.
list_images() { sed -n 's/^    "\([^"]*\)": "\([^"]*\)",\{0,1\}$/\1 \2/p' "$1/images.json"; }

# revision ROOT: prints the commit of a checkout, with -dirty if a file differs from it.
revision() { git -C "$1" describe --always --abbrev=40 --exclude '*' --dirty; }

# image_revision IMAGE: prints the revision from which a local image was built; nothing if it is unknown.
image_revision() { docker image inspect -f '{{index .Config.Labels "org.opencontainers.image.revision"}}' "$1" 2>/dev/null || true; }

# bundle_mismatch BUNDLE REGISTRY TAG: prints why the bundle does not match; - matches any.
bundle_mismatch() {
    local registry=${2%/} tag=$3
    if [ ! -f "$1/images.json" ]; then
        echo "$1 has no images.json; ./fib publish writes one."
    elif [ "$tag" != - ] && [ "$(read_value "$1" tag)" != "$tag" ]; then
        echo "$1 has the tag $(read_value "$1" tag), not $tag: publish it again."
    elif [ "$registry" != - ] && [ "$(read_value "$1" registry)" != "$registry" ]; then
        echo "$1 has the registry '$(read_value "$1" registry)', not '$registry': publish it again."
    fi
}

# push_problem IMAGE ARCHITECTURE: prints why a local image must not be pushed.
push_problem() {
    local built
    # Images inherit this label from the offline base.
    if [ "$(docker image inspect -f '{{index .Config.Labels "fib.offline-base"}}' "$1")" = true ]; then
        echo "$1 is built on an offline base image and is not pushed."
        return
    fi
    built=$(docker image inspect -f '{{.Architecture}}' "$1")
    [ "$built" = "$2" ] || echo "$1 is built for ${built:-no architecture}, the bundle is for $2: nothing is pushed."
}
