# shellcheck shell=bash
# What is built and pushed for a bundle: its images.json, in which the publisher writes a name and its value to a line.

# list_value BUNDLE NAME: its architecture (amd64 or arm64), registry or tag.
list_value() { sed -n "s/^  \"$2\": \"\(.*\)\",\{0,1\}$/\1/p" "$1/images.json"; }

# list_images BUNDLE: lines of a service and its image.
list_images() { sed -n 's/^    "\([^"]*\)": "\([^"]*\)",\{0,1\}$/\1 \2/p' "$1/images.json"; }

# list_differs BUNDLE REGISTRY TAG: prints why the bundle is not of these; what is - is not asked for.
list_differs() {
    local registry=${2%/} tag=$3
    if [ ! -f "$1/images.json" ]; then
        echo "$1 has no images.json: it is no bundle of ./fib publish."
    elif [ "$tag" != - ] && [ "$(list_value "$1" tag)" != "$tag" ]; then
        echo "$1 is of the tag $(list_value "$1" tag), not $tag: publish it anew."
    elif [ "$registry" != - ] && [ "$(list_value "$1" registry)" != "$registry" ]; then
        echo "$1 is of the registry '$(list_value "$1" registry)', not '$registry': publish it anew."
    fi
}

# unfit IMAGE ARCHITECTURE: prints why an image that is here must not be pushed.
unfit() {
    local built
    # Whatever it was built with: the label comes from the base itself.
    if [ "$(docker image inspect -f '{{index .Config.Labels "fib.offline-base"}}' "$1")" = true ]; then
        echo "$1 is built on an offline base and is not pushed."
        return
    fi
    built=$(docker image inspect -f '{{.Architecture}}' "$1")
    [ "$built" = "$2" ] || echo "$1 is built for ${built:-nothing} and the bundle for $2: nothing is pushed."
}
